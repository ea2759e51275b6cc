package dev.telemetry.sdk;

import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

import dev.telemetry.problem.Problem;
import dev.telemetry.problem.ThreadShortage;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.jspecify.annotations.Nullable;

/**
 * Why a sink cannot be created, and what to do about it. The message of an exception that
 * is not ours may hold a header or a key, so it is never shown.
 *
 * @param cause why, in one clause
 * @param action what to do about it, in one clause
 */
record SinkFailure(String cause, String action) {

	static final SinkFailure NO_THREAD = new SinkFailure(ThreadShortage.PROBLEM, ThreadShortage.ACTION);

	/** The name of a class or member, as the virtual machine writes it. */
	private static final Pattern CODE = Pattern
		.compile("(Could not initialize class )?'?[\\w.$/()<>\\[\\];, ]{1,300}'?");

	/**
	 * Tell the cause from what was thrown.
	 * @param factory what should have created the sink
	 * @param thrown what it threw
	 */
	static SinkFailure of(TelemetrySinkFactory factory, Throwable thrown) {
		if (ThreadShortage.isCauseOf(thrown)) {
			return NO_THREAD;
		}
		Throwable failure = unwrapped(thrown);
		if (failure instanceof TelemetryException ours) {
			return new SinkFailure(String.valueOf(ours.getMessage()),
					Objects.requireNonNullElse(ours.action(), "fix what the message names"));
		}
		String name = factory.getClass().getName();
		if (failure instanceof LinkageError) {
			return new SinkFailure(
					name + " needs code that is not on the class path, or not in this version"
							+ missing(failure.getMessage()),
					"add the library that has it, in the version " + name + " needs");
		}
		return new SinkFailure(name + " threw " + failure.getClass().getName() + place(failure),
				"correct " + name + " or what it is configured with");
	}

	static SinkFailure nothing(TelemetrySinkFactory factory) {
		String name = factory.getClass().getName();
		return new SinkFailure(name + " returned no sink", "let its method create return one");
	}

	private static Throwable unwrapped(Throwable thrown) {
		Throwable failure = thrown;
		while (failure.getCause() != null && (failure instanceof CompletionException
				|| failure instanceof ExecutionException || failure instanceof InvocationTargetException)) {
			failure = failure.getCause();
		}
		return failure;
	}

	private static String missing(@Nullable String message) {
		return (message != null && CODE.matcher(message).matches()) ? ": " + message.replace('/', '.') : "";
	}

	private static String place(Throwable failure) {
		StackTraceElement[] trace = failure.getStackTrace();
		return (trace.length > 0) ? " at " + trace[0] : "";
	}

	Problem toProblem(TelemetrySinkFactory factory) {
		return new Problem(property(factory), factory.target(), "the sink cannot be created: " + this.cause,
				this.action + ", then enable telemetry again");
	}

	/** Return under which name problems with a sink are reported. */
	static String property(TelemetrySinkFactory factory) {
		return "sink " + factory.name();
	}

}
