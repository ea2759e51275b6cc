package dev.telemetry.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.telemetry.consent.gate.ConsentAnswer;
import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.NoticeHashes;
import dev.telemetry.consent.store.ShownNotice;
import dev.telemetry.deletion.DeletionStatus;
import dev.telemetry.deletion.ResetAnswer;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sdk.TelemetryStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@link Endpoint @Endpoint} to see what telemetry does and to give and take back
 * consent. What has a form of its own over HTTP or JMX is exposed by
 * {@link TelemetryEndpointWebExtension} and {@link TelemetryEndpointJmxExtension}.
 */
@Endpoint(id = "telemetry")
@RegisterReflectionForBinding({ TelemetryEndpoint.StatusDescriptor.class, TelemetryEndpoint.RefusedDescriptor.class,
		TelemetryEndpoint.ResetDescriptor.class })
public final class TelemetryEndpoint {

	private static final String CHANNEL = "actuator";

	private final TelemetrySdk sdk;

	private final TelemetryReset reset;

	private final String channel;

	public TelemetryEndpoint(TelemetrySdk sdk, TelemetryReset reset) {
		this(sdk, reset, CHANNEL);
	}

	/**
	 * Create an endpoint for another channel than HTTP and JMX.
	 * @param sdk what is looked at
	 * @param reset forgets
	 * @param channel how the decision is made, in record and receipt
	 */
	public TelemetryEndpoint(TelemetrySdk sdk, TelemetryReset reset, String channel) {
		this.sdk = sdk;
		this.reset = reset;
		this.channel = channel;
	}

	/**
	 * Return what telemetry does, and why. A grant that another process has stored is
	 * seen here.
	 * @return the status, ids included
	 */
	@ReadOperation
	public StatusDescriptor status() {
		this.sdk.gate().refresh();
		return describe();
	}

	/**
	 * Record that consent is granted.
	 * @param scope {@code local} or {@code export}; without it {@code export}
	 * @param notice the hash of the notice agreed to, if any
	 * @return the status, or why it was refused
	 */
	public CommandDescriptor enable(@Nullable String scope, @Nullable String notice) {
		return enable(scope, notice, null);
	}

	/**
	 * Record that a user who saw the notice grants consent.
	 * @param scope {@code export}, which is the default, or "local"
	 * @param notice the hash of the notice agreed to, if any
	 * @param locale the language in which the user saw it, as a BCP 47 tag, or
	 * {@code null} when it is not known that the user saw it
	 * @param view knows its sentences
	 * @return the status, or why it was refused
	 */
	public CommandDescriptor enable(@Nullable String scope, @Nullable String notice, @Nullable String locale,
			NoticeView view) {
		ShownNotice shown = (locale != null) ? view.shown(locale) : null;
		return (locale == null || shown != null) ? enable(scope, notice, shown)
				: refused("invalid-locale", "the notice is not available in this language");
	}

	private CommandDescriptor enable(@Nullable String scope, @Nullable String notice, @Nullable ShownNotice shown) {
		@Nullable ConsentScope wanted = parseScope(scope);
		if (wanted == null) {
			return refused("invalid-scope", "'scope' must be 'local' or 'export'");
		}
		return describe(this.sdk.gate().enable(wanted, notice, this.channel, shown));
	}

	/**
	 * Record that consent is denied or withdrawn. Nothing is sent any more when this
	 * returns.
	 * @return the status, or that the denial could not be written
	 */
	public CommandDescriptor disable() {
		return describe(this.sdk.gate().disable(this.channel));
	}

	/**
	 * Record a denial and forget everything about this installation.
	 * @return what became of it
	 */
	@DeleteOperation
	public ResetDescriptor reset() {
		ResetAnswer answer = this.reset.reset(this.channel);
		@Nullable String code = refusalCode(answer.consent());
		if (code != null) {
			return ResetDescriptor.of(answer, refusal(code, answer.consent()));
		}
		return ResetDescriptor.of(answer, answer.failures().isEmpty() ? null
				: new RefusalDescriptor("not-erased", String.join("; ", answer.failures()), null));
	}

	/**
	 * Answer that something is not done.
	 * @param code why, for programs
	 * @param reason why, for people
	 * @return the answer, with the decision that applies
	 */
	public RefusedDescriptor refused(String code, String reason) {
		ConsentDecision decision = this.sdk.gate().decision();
		return new RefusedDescriptor(new RefusalDescriptor(code, reason, null), null, null,
				ConsentDescriptor.of(decision));
	}

	private CommandDescriptor describe(ConsentAnswer answer) {
		@Nullable String code = refusalCode(answer);
		return (code != null) ? RefusedDescriptor.of(refusal(code, answer), answer)
				: describe().withAborted(answer.aborted());
	}

	private StatusDescriptor describe() {
		return StatusDescriptor.of(this.sdk.status(), this.reset.status());
	}

	private static @Nullable String refusalCode(ConsentAnswer answer) {
		return switch (answer.outcome()) {
			case DONE, UNCHANGED -> null;
			case VETOED -> "vetoed";
			case NOTICE_MISMATCH -> "notice-mismatch";
			case FAULT -> "fault";
			case NO_HOME -> "no-home";
			case NOT_PERSISTED -> "not-persisted";
		};
	}

	private static RefusalDescriptor refusal(String code, ConsentAnswer answer) {
		@Nullable String reason = answer.reason();
		return new RefusalDescriptor(code, (reason != null) ? reason : answer.decision().reason(), answer.origin());
	}

	private static @Nullable Boolean falseUnlessPersisted(ConsentAnswer answer) {
		return (answer.outcome() == Outcome.NOT_PERSISTED) ? Boolean.FALSE : null;
	}

	private static @Nullable Integer positive(int count) {
		return (count > 0) ? count : null;
	}

	private static @Nullable ConsentScope parseScope(@Nullable String scope) {
		if (scope == null) {
			return ConsentScope.EXPORT;
		}
		return switch (scope.strip().toLowerCase(Locale.ROOT)) {
			case "local" -> ConsentScope.LOCAL;
			case "export" -> ConsentScope.EXPORT;
			default -> null;
		};
	}

	/** What a command answers: the status, or why it was refused. */
	public sealed interface CommandDescriptor permits StatusDescriptor, RefusedDescriptor {

	}

	/**
	 * What telemetry does.
	 *
	 * @param tool the name of the tool
	 * @param collecting whether the gate is open
	 * @param consent the decision and why
	 * @param machineId the id that events have, absent unless granted
	 * @param sessionId the id of the session, absent unless granted
	 * @param sinks where events go
	 * @param dropped events dropped before any sink, by reason
	 * @param deletion the request for deletion that is under way, or {@code null}
	 * @param problems what is wrong and how to fix it
	 * @param aborted how many connections a command had to close, absent if none
	 */
	@JsonInclude(Include.NON_NULL)
	public record StatusDescriptor(String tool, boolean collecting, ConsentDescriptor consent,
			@Nullable String machineId, @Nullable String sessionId, List<SinkDescriptor> sinks,
			Map<String, Long> dropped, @JsonInclude(Include.ALWAYS) @Nullable DeletionDescriptor deletion,
			List<ProblemDescriptor> problems, @Nullable Integer aborted) implements CommandDescriptor {

		static StatusDescriptor of(TelemetryStatus status, @Nullable DeletionStatus deletion) {
			return new StatusDescriptor(status.tool(), status.collecting(), ConsentDescriptor.of(status.consent()),
					status.machineId(), status.sessionId(), status.sinks().stream().map(SinkDescriptor::of).toList(),
					status.dropped(), (deletion != null) ? DeletionDescriptor.of(deletion, null, null) : null,
					status.problems().stream().map(ProblemDescriptor::of).toList(), null);
		}

		StatusDescriptor withAborted(int aborted) {
			return new StatusDescriptor(this.tool, this.collecting, this.consent, this.machineId, this.sessionId,
					this.sinks, this.dropped, this.deletion, this.problems, positive(aborted));
		}

		StatusDescriptor withoutIds() {
			return new StatusDescriptor(this.tool, this.collecting, this.consent, null, null, this.sinks, this.dropped,
					this.deletion, this.problems, this.aborted);
		}

	}

	/**
	 * The decision and why.
	 *
	 * @param state the state
	 * @param scope how far it reaches
	 * @param recordedScope how far it was granted, absent without a grant
	 * @param cap why the scope is less than was granted, absent if it is not
	 * @param rule the number of the rule that decided
	 * @param reason why, for people
	 * @param origin where the deciding input was found, absent without one
	 * @param packaged whether that was inside the application's own archive
	 * @param notice which notice is today's, and which was agreed to
	 * @param others what did not decide
	 */
	@JsonInclude(Include.NON_NULL)
	public record ConsentDescriptor(ConsentState state, ConsentScope scope, @Nullable ConsentScope recordedScope,
			@Nullable String cap, int rule, String reason, @Nullable String origin, boolean packaged,
			NoticeHashesDescriptor notice, List<InputDescriptor> others) {

		static ConsentDescriptor of(ConsentDecision decision) {
			return new ConsentDescriptor(decision.state(), decision.scope(), decision.recordedScope(), decision.cap(),
					decision.rule(), decision.reason(), decision.origin(), decision.packaged(),
					NoticeHashesDescriptor.of(decision.notice()),
					decision.others().stream().map(InputDescriptor::of).toList());
		}

	}

	/**
	 * Which notices a decision is about.
	 *
	 * @param current the hash of today's, absent while there is none
	 * @param accepted the hash of the one that the grant names, absent without one
	 */
	@JsonInclude(Include.NON_NULL)
	public record NoticeHashesDescriptor(@Nullable String current, @Nullable String accepted) {

		static NoticeHashesDescriptor of(NoticeHashes notice) {
			return new NoticeHashesDescriptor(notice.current(), notice.accepted());
		}

	}

	/**
	 * Something said about consent that did not decide.
	 *
	 * @param rule the number of its rule
	 * @param input what it is called
	 * @param value the value if it is an expected one, else {@code absent} or another
	 * fixed text
	 * @param origin where it was found, absent without a value
	 */
	@JsonInclude(Include.NON_NULL)
	public record InputDescriptor(int rule, String input, String value, @Nullable String origin) {

		static InputDescriptor of(ConsentInput input) {
			return new InputDescriptor(input.rule(), input.input(), input.shown(), input.origin());
		}

	}

	/**
	 * Where events go, and how many went. Whatever was accepted and is neither delivered
	 * nor pending nor dropped is in the spilled files.
	 *
	 * @param name the name of the sink
	 * @param target where it sends or writes
	 * @param remote whether events leave this machine
	 * @param accepted how many it was given
	 * @param delivered how many were acknowledged
	 * @param dropped how many were lost, by reason
	 * @param pending how many wait in memory
	 * @param spilledFiles how many files wait on disk
	 * @param spilledBytes how large they are together
	 * @param lastDelivery when something was last acknowledged, or {@code null}
	 * @param lastError what went wrong last, or {@code null}
	 */
	public record SinkDescriptor(String name, String target, boolean remote, long accepted, long delivered,
			Map<String, Long> dropped, long pending, long spilledFiles, long spilledBytes,
			@JsonInclude(Include.ALWAYS) @Nullable Instant lastDelivery,
			@JsonInclude(Include.ALWAYS) @Nullable String lastError) {

		static SinkDescriptor of(DeliveryStatus status) {
			return new SinkDescriptor(status.name(), status.target(), status.remote(), status.accepted(),
					status.delivered(), status.dropped(), status.pending(), status.spilledFiles(),
					status.spilledBytes(), status.lastDelivery(), status.lastError());
		}

	}

	/**
	 * Something that can be fixed.
	 *
	 * @param property the property or file
	 * @param origin where it was set, absent if unknown
	 * @param problem what is wrong
	 * @param action what to do about it
	 */
	@JsonInclude(Include.NON_NULL)
	public record ProblemDescriptor(String property, @Nullable String origin, String problem, String action) {

		static ProblemDescriptor of(Problem problem) {
			return new ProblemDescriptor(problem.property(), problem.origin(), problem.problem(), problem.action());
		}

	}

	/**
	 * A command that was not, or not fully, carried out.
	 *
	 * @param refused why
	 * @param persisted {@code false} if the decision could not be written, else absent
	 * @param aborted how many connections were closed, absent if none
	 * @param consent the decision that applies now
	 */
	@JsonInclude(Include.NON_NULL)
	public record RefusedDescriptor(RefusalDescriptor refused, @Nullable Boolean persisted, @Nullable Integer aborted,
			ConsentDescriptor consent) implements CommandDescriptor {

		static RefusedDescriptor of(RefusalDescriptor refused, ConsentAnswer answer) {
			return new RefusedDescriptor(refused, falseUnlessPersisted(answer), positive(answer.aborted()),
					ConsentDescriptor.of(answer.decision()));
		}

	}

	/**
	 * Why a command was refused.
	 *
	 * @param code why, for programs
	 * @param reason why, for people
	 * @param origin where the refusing input was found, absent without one
	 */
	@JsonInclude(Include.NON_NULL)
	public record RefusalDescriptor(String code, String reason, @Nullable String origin) {

	}

	/**
	 * What a reset did.
	 *
	 * @param refused what could not be done, absent if all was
	 * @param persisted {@code false} if the denial could not be written, else absent
	 * @param aborted how many connections were closed, absent if none
	 * @param deletion what became of the request for deletion
	 * @param consent the decision that applies now
	 */
	@JsonInclude(Include.NON_NULL)
	public record ResetDescriptor(@Nullable RefusalDescriptor refused, @Nullable Boolean persisted,
			@Nullable Integer aborted, DeletionDescriptor deletion, ConsentDescriptor consent) {

		static ResetDescriptor of(ResetAnswer answer, @Nullable RefusalDescriptor refused) {
			ConsentAnswer consent = answer.consent();
			return new ResetDescriptor(refused, falseUnlessPersisted(consent), positive(consent.aborted()),
					DeletionDescriptor.of(answer.deletion(), answer.letter(), answer.note()),
					ConsentDescriptor.of(consent.decision()));
		}

	}

}
