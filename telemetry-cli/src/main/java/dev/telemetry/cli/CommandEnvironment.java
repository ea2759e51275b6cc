package dev.telemetry.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;

import dev.telemetry.insight.StandardOutput;
import org.jspecify.annotations.Nullable;

/** What a command has around it: input, output, and the machine. */
final class CommandEnvironment {

	private final BufferedReader in;

	private final PrintStream out;

	private final PrintStream err;

	private final boolean terminal;

	private final Host host;

	/**
	 * Create surroundings.
	 * @param in what is typed or piped in
	 * @param out takes answers
	 * @param err takes questions and errors
	 * @param terminal whether a person sits there who can correct an answer
	 * @param host the machine and the process
	 */
	CommandEnvironment(Reader in, PrintStream out, PrintStream err, boolean terminal, Host host) {
		this.in = new BufferedReader(in);
		this.out = out;
		this.err = err;
		this.terminal = terminal;
		this.host = host;
	}

	@SuppressWarnings("SystemConsoleNull") // before Java 22 it is
	static CommandEnvironment system() {
		Console console = System.console();
		return (console != null && isTerminal(console)) ? system(true, console.charset())
				: system(false, StandardCharsets.UTF_8);
	}

	private static CommandEnvironment system(boolean terminal, Charset charset) {
		return new CommandEnvironment(new InputStreamReader(System.in, charset),
				new PrintStream(System.out, true, charset), new PrintStream(System.err, true, charset), terminal,
				Host.system());
	}

	/** Since Java 22 there is a console even without an interactive terminal. */
	private static boolean isTerminal(Console console) {
		try {
			return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
		}
		catch (NoSuchMethodException ex) {
			return true;
		}
		catch (ReflectiveOperationException ex) {
			return false;
		}
	}

	Host host() {
		return this.host;
	}

	BufferedReader in() {
		return this.in;
	}

	boolean terminal() {
		return this.terminal;
	}

	LocalDate today() {
		return LocalDate.now(this.host.clock());
	}

	@Nullable String variable(String name) {
		return this.host.variables().get(name);
	}

	Set<String> variables() {
		return this.host.variables().keySet();
	}

	/**
	 * Make a path of what a user typed.
	 * @param name what was typed
	 * @return the path
	 * @throws UserException if it cannot be one
	 */
	Path path(String name) {
		try {
			return this.host.directory().resolve(name);
		}
		catch (InvalidPathException ex) {
			throw new UserException("'" + name + "' is not a name of a file", "correct it");
		}
	}

	/** Print a line of the answer. */
	void print(String line) {
		this.out.println(printable(line));
	}

	/** Print a document that was made to be kept, as it is. */
	void printDocument(String document) {
		this.out.print(document);
		this.out.flush();
	}

	/**
	 * Return the exit code of a command that has printed its answer.
	 * @param code the exit code when the answer was written
	 * @return the code, or what tells that the answer was not written
	 */
	int exitCode(int code) {
		return StandardOutput.exitCode(code, this.out, this.err, CliCommand.USAGE);
	}

	void error(String message) {
		this.err.println(printable(message));
	}

	/** Ask something, and stay on the line. */
	void prompt(String question) {
		this.err.print(printable(question));
		this.err.flush();
	}

	/** Show a line in place of the one before, beside the answer. */
	void overwrite(String line) {
		this.err.print("\r" + printable(line));
		this.err.flush();
	}

	/** Takes help, which is ASCII. */
	PrintWriter outWriter() {
		return new PrintWriter(this.out, true, StandardCharsets.US_ASCII);
	}

	PrintWriter errWriter() {
		return new PrintWriter(this.err, true, StandardCharsets.US_ASCII);
	}

	/** Files are untrusted: what they hold must not steer a terminal. */
	private static String printable(String text) {
		StringBuilder printable = new StringBuilder(text.length());
		text.chars().forEach((c) -> {
			if (Character.isISOControl(c) && c != '\n') {
				printable.append(String.format(Locale.ROOT, "\\u%04x", c));
			}
			else {
				printable.append((char) c);
			}
		});
		return printable.toString();
	}

}
