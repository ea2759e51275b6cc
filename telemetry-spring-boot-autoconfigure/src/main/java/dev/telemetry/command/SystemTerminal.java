package dev.telemetry.command;

import java.io.Console;
import java.io.IOError;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/** The console of this process, when a person sits at it. */
final class SystemTerminal implements Terminal {

	private final Console console;

	private SystemTerminal(Console console) {
		this.console = console;
	}

	/**
	 * Find the terminal.
	 * @return the terminal, or {@code null} when input or output is something else
	 */
	@SuppressWarnings("SystemConsoleNull") // before Java 22 it is
	static @Nullable Terminal find() {
		Console console = System.console();
		return (console != null && isTerminal(console)) ? new SystemTerminal(console) : null;
	}

	/** Since Java 22 there is a console even without an interactive terminal. */
	private static boolean isTerminal(Console console) {
		try {
			Method isTerminal = Console.class.getMethod("isTerminal");
			return Boolean.TRUE.equals(isTerminal.invoke(console));
		}
		catch (NoSuchMethodException ex) {
			return true;
		}
		catch (ReflectiveOperationException ex) {
			return false;
		}
	}

	@Override
	public void print(String text) {
		this.console.writer().print(text);
		this.console.flush();
	}

	@Override
	public int columns() {
		return size("COLUMNS", Terminal.super.columns());
	}

	@Override
	public int rows() {
		return size("LINES", Terminal.super.rows());
	}

	/** Shells know the size, and some tell it; Java does not ask the terminal. */
	private static int size(String variable, int usual) {
		String value = System.getenv(variable);
		return (value != null && value.matches("[1-9][0-9]{1,3}")) ? Integer.parseInt(value) : usual;
	}

	@Override
	public @Nullable String readLine() {
		try {
			return this.console.readLine();
		}
		catch (IOError ex) {
			return null;
		}
	}

}
