package dev.telemetry.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.WrongValueException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * What the application's environment says about consent: the author's gate, and the grant
 * or denial in configuration. Read anew at each call, so that nothing decided while the
 * application was built, not even by AOT processing, can override what is configured now.
 */
final class ConsentInputs {

	private final Environment environment;

	ConsentInputs(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Read everything that is said: what counts first, then what it overrules.
	 * @return the inputs
	 */
	List<ConsentInput> all() {
		List<ConsentInput> inputs = new ArrayList<>(winning());
		inputs.addAll(losing());
		return List.copyOf(inputs);
	}

	/**
	 * Read what counts: one input for each of {@code telemetry.feature.enabled} (rule 1),
	 * {@code telemetry.enabled} and {@code TELEMETRY_OPT_IN} (rules 2 and 10).
	 * @return three inputs; without a value, or with a blank one where blank means unset,
	 * their value is {@code null}
	 */
	List<ConsentInput> winning() {
		SettingSources sources = SettingSources.of(this.environment);
		List<ConsentInput> inputs = new ArrayList<>();
		for (Name name : Name.values()) {
			List<Setting> settings = sources.findAll(name.property);
			inputs.add(settings.isEmpty() ? new ConsentInput(name.rule, name.input, null, null, false)
					: input(sources, name, settings.get(0)));
		}
		return List.copyOf(inputs);
	}

	/**
	 * Read what lost against a source that comes first in Spring's order.
	 * @return the inputs
	 */
	List<ConsentInput> losing() {
		SettingSources sources = SettingSources.of(this.environment);
		List<ConsentInput> inputs = new ArrayList<>();
		for (Name name : Name.values()) {
			sources.findAll(name.property)
				.stream()
				.skip(1)
				.map((setting) -> input(sources, name, setting))
				.map((input) -> new ConsentInput(input.rule(), input.input(), input.value(), input.origin(),
						input.packaged(), true))
				.forEach(inputs::add);
		}
		return List.copyOf(inputs);
	}

	private static ConsentInput input(SettingSources sources, Name name, Setting setting) {
		String value = value(sources, name, setting);
		return new ConsentInput(name.rule, name.input, value, (value != null) ? setting.origin() : null,
				value != null && setting.packaged());
	}

	private static @Nullable String value(SettingSources sources, Name name, Setting setting) {
		if (setting.isPartOf(name.property.substring("telemetry.".length()))) {
			return "a list or a map";
		}
		try {
			String value = sources.resolve(setting).trim();
			// The author's gate is open for a true value only
			return (value.isEmpty() && name != Name.FEATURE) ? null : value;
		}
		catch (WrongValueException ex) {
			// Neither true nor false: returned as configured
			return setting.text();
		}
	}

	/** A setting that speaks about consent. */
	private enum Name {

		FEATURE(1, "telemetry.feature.enabled", "telemetry.feature.enabled"),

		ENABLED(2, "telemetry.enabled", "telemetry.enabled"),

		OPT_IN(2, "telemetry.opt-in", "TELEMETRY_OPT_IN");

		private final int rule;

		private final String property;

		private final String input;

		Name(int rule, String property, String input) {
			this.rule = rule;
			this.property = property;
			this.input = input;
		}

	}

}
