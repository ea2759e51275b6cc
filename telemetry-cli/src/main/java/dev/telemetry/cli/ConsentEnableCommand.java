package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Lets an application record that consent is granted. Only the application knows what it
 * would collect and where that would go, so it is started: once to say so, and once more
 * with the answer. The user who answers has read the notice, and the application records
 * consent to that notice only.
 */
@Command(name = "enable",
		description = "Show what an application would collect, ask, and let the application record the consent",
		exitCodeList = { "0:recorded", "1:not recorded: the answer was no, or the application refused",
				"2:the command cannot be understood, or the application cannot be asked" })
final class ConsentEnableCommand extends CliCommand {

	@Option(names = "--app", paramLabel = "JAR", required = true,
			description = "The application, an executable jar; it is started with the environment of this command")
	private String app = "";

	@Option(names = "--scope", paramLabel = "local|export",
			description = "How far consent goes; else it is asked, and with --notice as far as possible")
	private @Nullable Scope scope;

	@Option(names = "--notice", paramLabel = "sha256:...",
			description = "The notice that was read, in place of a question; recorded only if it is still that of the application")
	private @Nullable String accepted;

	@Parameters(paramLabel = "ARGUMENT",
			description = "Arguments of the application, behind '--', such as --spring.profiles.active=prod")
	private List<String> arguments = new ArrayList<>();

	ConsentEnableCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		Path jar = world().path(this.app);
		ApplicationProcess application = new ApplicationProcess(jar, this.arguments, world().host());
		String notice = this.accepted;
		Scope scope = this.scope;
		if (notice == null) {
			if (!world().terminal()) {
				throw new UserException("there is no terminal to ask a user on", "read the notice ('java -jar " + jar
						+ " --telemetry.command=notice') and name it with --notice");
			}
			notice = show(application);
			scope = ask(scope);
			if (scope == null) {
				world().error("Nothing was recorded");
				return FOUND;
			}
		}
		return enable(application, notice, scope);
	}

	/** Show the notice and return its hash. */
	private String show(ApplicationProcess application) {
		ApplicationProcess.Answer answer = application.run(List.of("--telemetry.command=notice"));
		String hash = answer.field("notice");
		if (answer.code() != 0 || hash == null) {
			throw new UserException(
					"the application does not say what it would collect (exit code " + answer.code() + ")",
					"look at what it printed, and whether it has telemetry-spring-boot-starter");
		}
		answer.lines().forEach(world()::error);
		return hash;
	}

	/** Return how far consent goes, or {@code null} for no. End of input is no. */
	private @Nullable Scope ask(@Nullable Scope limit) {
		String question = (limit != Scope.local) ? "Allow? [N] no, [l] only on this machine, [y] yes: "
				: "Allow it on this machine? [N] no, [y] yes: ";
		world().prompt(question);
		return switch (readLine().trim().toLowerCase(Locale.ROOT)) {
			case "y", "yes" -> (limit != null) ? limit : Scope.export;
			case "l" -> Scope.local;
			default -> null;
		};
	}

	private String readLine() {
		try {
			String line = world().in().readLine();
			return (line != null) ? line : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

	private int enable(ApplicationProcess application, String notice, @Nullable Scope scope) {
		List<String> command = new ArrayList<>(List.of("--telemetry.command=enable", "--telemetry.notice=" + notice));
		if (scope != null) {
			command.add("--telemetry.scope=" + scope);
		}
		if (json()) {
			command.add("--telemetry.output=json");
		}
		ApplicationProcess.Answer answer = application.run(command);
		answer.lines().forEach(world()::print);
		return (answer.code() == 0) ? DONE : FOUND;
	}

	/** How far consent goes, named as it is written. */
	enum Scope {

		local, export

	}

}
