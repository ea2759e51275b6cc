package dev.telemetry.autoconfigure;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.telemetry.problem.Problem;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.SettingSource;
import dev.telemetry.setting.Spelling;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of destinations that a bean supplies. Has precedence over all properties.
 */
final class ConnectionSettingSource implements SettingSource {

	private static final String ORIGIN = "connection details";

	private final List<Setting> settings = new ArrayList<>();

	ConnectionSettingSource(TelemetryConnectionDetails details, boolean grpc, Consumer<Problem> problems) {
		add("endpoint", grpc ? details::otlpGrpcEndpoint : details::otlpEndpoint, problems);
		add("http.endpoint", details::httpEndpoint, problems);
	}

	private void add(String key, Supplier<@Nullable URI> endpoint, Consumer<Problem> problems) {
		try {
			URI uri = endpoint.get();
			if (uri != null) {
				this.settings.add(new Setting(key, Spelling.DOTTED, uri.toString(), ORIGIN, false, false));
			}
		}
		catch (RuntimeException ex) {
			// What it says may hold a secret, and it must not stop the application
			problems.accept(new Problem("telemetry." + key, ORIGIN, "cannot be read (" + ex.getClass().getName() + ")",
					"look at the bean of type TelemetryConnectionDetails"));
		}
	}

	@Override
	public @Nullable Setting find(String name) {
		return this.settings.stream()
			.filter((setting) -> name.equals("telemetry." + setting.key()))
			.findFirst()
			.orElse(null);
	}

	@Override
	public List<Setting> list() {
		return List.copyOf(this.settings);
	}

}
