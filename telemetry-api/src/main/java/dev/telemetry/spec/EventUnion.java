package dev.telemetry.spec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Two declarations of one event in the same version, which may be recorded at several
 * places.
 *
 * @param first the declaration that was there first; its origin stays
 * @param second the other one
 */
record EventUnion(EventDefinition first, EventDefinition second) {

	EventDefinition unite() {
		EventDefinition.Builder united = this.first.toBuilder()
			.type(oneOf("type", this.first.type(), this.second.type()))
			.semantics(oneOf("semantics", this.first.semantics(), this.second.semantics()))
			.purpose(oneOf("purpose", this.first.declaredPurpose(), this.second.declaredPurpose()))
			.retention(oneOf("retention", this.first.retention(), this.second.retention()))
			.anomaly(oneOf("anomaly rule", this.first.anomaly(), this.second.anomaly()))
			.expires(oneOf("expiry", this.first.expires(), this.second.expires()));
		united.samplingConditions(conditions());
		Double rate = oneOf("sampling rate", this.first.declaredSamplingRate(), this.second.declaredSamplingRate());
		if (rate != null) {
			united.samplingRate(rate);
		}
		this.second.properties().values().forEach((property) -> add(united, property));
		return united.build();
	}

	private void add(EventDefinition.Builder united, PropertyDefinition property) {
		PropertyDefinition known = this.first.properties().get(property.name());
		if (known == null || (known.inferred() && !property.inferred())) {
			united.replace(property);
		}
		else if (known.inferred() && property.inferred()) {
			united.replace(either(known, property));
		}
		else if (!known.agreesWith(property)) {
			throw new IllegalArgumentException("'" + this.first.name() + "' must not declare '" + property.name()
					+ "' with different types, privacy levels or redactions");
		}
	}

	/** What two places in the code record is what each of them may. */
	private static PropertyDefinition either(PropertyDefinition one, PropertyDefinition other) {
		Set<String> values = new LinkedHashSet<>(one.values());
		values.addAll(other.values());
		boolean anything = one.values().isEmpty() || other.values().isEmpty();
		return PropertyDefinition.builder(one.name(), one.type())
			.values(anything ? List.of() : List.copyOf(values))
			.inferred()
			.build();
	}

	private List<SamplingCondition> conditions() {
		List<SamplingCondition> first = this.first.samplingConditions();
		List<SamplingCondition> second = this.second.samplingConditions();
		List<SamplingCondition> said = oneOf("sampling conditions", first.isEmpty() ? null : first,
				second.isEmpty() ? null : second);
		return (said != null) ? said : List.of();
	}

	private <T> @Nullable T oneOf(String what, @Nullable T one, @Nullable T other) {
		if (one != null && other != null && !one.equals(other)) {
			throw new IllegalArgumentException(
					"'" + this.first.name() + "' must not be declared twice with different " + what);
		}
		return (one != null) ? one : other;
	}

}
