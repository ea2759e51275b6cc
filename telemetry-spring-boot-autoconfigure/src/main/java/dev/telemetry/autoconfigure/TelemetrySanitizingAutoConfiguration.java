package dev.telemetry.autoconfigure;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link AutoConfiguration Auto-configuration} that keeps the secrets of telemetry out of
 * the endpoints {@code env} and {@code configprops}, whatever these may show otherwise.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class TelemetrySanitizingAutoConfiguration {

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SanitizingFunction telemetrySanitizingFunction() {
		return TelemetrySanitizingAutoConfiguration::sanitize;
	}

	private static SanitizableData sanitize(SanitizableData data) {
		Object value = data.getValue();
		String key = data.getKey();
		if (value == null || key == null) {
			return data;
		}
		String text = value.toString();
		String shown = PropertyTree.SECRETS.shown(key, text);
		return shown.equals(text) ? data : data.withValue(shown);
	}

}
