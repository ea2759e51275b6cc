package dev.telemetry.consent.gate;

import java.time.Instant;
import java.util.List;

import dev.telemetry.consent.gate.ConsentResolver.Circumstances;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore.Found;
import org.jspecify.annotations.Nullable;

/** Things that can be said about consent, for tests. */
public final class Inputs {

	public static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

	public static final String GRANT_ID = "0123456789abcdef0123456789abcdef";

	static final String NOTICE = "sha256:today";

	static final Circumstances TODAY = new Circumstances(NOW, NOTICE, NOTICE::equals, null);

	static final Circumstances CAPPED = new Circumstances(NOW, NOTICE, NOTICE::equals,
			ConsentCap.of("telemetry.local-only is true"));

	static final Circumstances UNUSABLE = new Circumstances(NOW, NOTICE, NOTICE::equals,
			ConsentCap.unusable("telemetry.yaml line 3: unclosed quote"));

	private Inputs() {
	}

	static ConsentInput feature(String value) {
		return new ConsentInput(1, "telemetry.feature.enabled", value, "application.yaml:1", false);
	}

	static ConsentInput enabled(String value) {
		return new ConsentInput(2, "telemetry.enabled", value, "application.yaml:2", false);
	}

	static ConsentInput packaged(String value) {
		return new ConsentInput(2, "telemetry.enabled", value, "app.jar!/application.yaml:2", true);
	}

	static ConsentInput optIn(String value) {
		return new ConsentInput(2, "TELEMETRY_OPT_IN", value, "environment TELEMETRY_OPT_IN", false);
	}

	static ConsentInput variable(int rule, String name, @Nullable String value) {
		return new ConsentInput(rule, name, value, (value != null) ? "environment " + name : null, false);
	}

	static ConsentInput yaml(String value) {
		return new ConsentInput(11, "telemetry.yaml", value, "telemetry.yaml:1", false);
	}

	static ConsentInput optInFile(String value) {
		return new ConsentInput(12, "telemetry.opt-in", value, "telemetry.opt-in", false);
	}

	public static ConsentRecord yes(ConsentScope scope) {
		return ConsentRecord.grant(scope, NOTICE, GRANT_ID, NOW, "actuator", "demo").withSeq(1);
	}

	public static ConsentRecord no(boolean grantedBefore) {
		return ConsentRecord.denial(grantedBefore, NOW, "command", "demo").withSeq(1);
	}

	public static Found found(ConsentRecord record) {
		return new Found(record, null);
	}

	static ConsentDecision resolve(Found found, ConsentInput... inputs) {
		return resolve(ConsentPolicy.DEFAULTS, TODAY, found, inputs);
	}

	static ConsentDecision resolve(ConsentInput... inputs) {
		return resolve(Found.NOTHING, inputs);
	}

	static ConsentDecision resolve(ConsentPolicy policy, Circumstances circumstances, Found found,
			ConsentInput... inputs) {
		return new ConsentResolver(policy, "consent.json").resolve(List.of(inputs), found, circumstances);
	}

}
