package dev.telemetry.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.problem.Problem;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a decision is recorded, and for which tool. */
final class RecordedConsent {

	/** Documented: {@code actuator} or {@code command}. */
	static final String CHANNEL = "command";

	@Option(names = "--home", paramLabel = "DIR", required = true,
			description = "The home of the tool, such as ~/.acme")
	private String directory = "";

	@Option(names = "--tool", paramLabel = "NAME", description = "The name of the tool, where no decision is recorded")
	private @Nullable String name;

	/**
	 * Return the home.
	 * @param world knows where relative names begin
	 * @throws UserException if there is none that this user may use
	 */
	Home home(CommandEnvironment world) {
		Path path = world.path(this.directory);
		if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
			throw new UserException("'" + path + "' does not exist",
					"name the home: 'telemetry.home', by default ~/.<name of the tool>");
		}
		Home home = Home.chosen(path);
		Problem problem = home.check();
		problem = (problem != null) ? problem : home.checkOwners();
		if (problem != null) {
			throw new UserException("'" + path + "' " + problem.problem(), problem.action());
		}
		return home;
	}

	/**
	 * Return for which tool something is to be recorded.
	 * @param home the home
	 * @throws UserException if that is not known, or another one is named than recorded
	 */
	String tool(Home home) {
		String recorded = recorded(home);
		String named = this.name;
		if (recorded.isEmpty() && named == null) {
			throw new UserException("No decision that can be read is recorded in '" + home.path() + "'",
					"name the tool with --tool");
		}
		if (named != null && !recorded.isEmpty() && !recorded.equals(named)) {
			throw new UserException("What is recorded in '" + home.path() + "' is for '" + recorded + "'",
					"leave --tool out, or name another home");
		}
		return (named != null) ? named : recorded;
	}

	/** Return the record, as far as it can be read. */
	ConsentStore store(Home home) {
		return RecordedTool.store(home, RecordedTool.read(home));
	}

	private static String recorded(Home home) {
		return RecordedTool.of(RecordedTool.read(home));
	}

	/**
	 * Return a gate over the record alone; it can deny, and is never asked for a session.
	 */
	static ConsentGate gate(Home home, String tool, Host host) {
		return ConsentGate.builder(ConsentStore.file(home, tool))
			.tool(tool)
			.clocks(host.clock(), host.nanoTime())
			.earliest(host.built())
			.build();
	}

}
