package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.deletion.DeletionSettings;
import dev.telemetry.deletion.Erasure;
import dev.telemetry.deletion.HttpDeletionRequestor;
import dev.telemetry.deletion.ResetAnswer;
import dev.telemetry.deletion.SentIds;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.LocalLog;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/** The reset of an {@link Installation}, asking a server of the test for deletion. */
final class Deletion {

	private final List<String> storedBeforeErasing = new ArrayList<>();

	private final Installation installation;

	private final DeletionRequests requests;

	private final TelemetryReset reset;

	Deletion(Installation installation, @Nullable FakeCollector server) {
		this(installation, server, null);
	}

	Deletion(Installation installation, @Nullable FakeCollector server, @Nullable String localOnly) {
		this.installation = installation;
		this.requests = new DeletionRequests(
				new DeletionSettings("demo-app",
						(server != null) ? new HttpDeletionRequestor(server.uri("/deletion")) : null, null, null),
				Home.chosen(installation.home), () -> (localOnly != null) ? localOnly : installation.gate.veto(),
				new Problems(), DeliveryRuntime.system());
		this.reset = new TelemetryReset(installation.gate::reset, ids(), List.of(new Erasure("local log", this::erase)),
				this.requests);
	}

	ResetAnswer reset() {
		return this.reset.reset("command");
	}

	void stop() {
		this.requests.stop();
	}

	List<String> storedBeforeErasing() {
		return this.storedBeforeErasing;
	}

	private void erase() throws IOException {
		this.storedBeforeErasing.addAll(stored(this.installation.home));
		new LocalLog(this.installation.log()).erase();
	}

	/** The identifiers whose deletion will be requested, in this order. */
	static List<String> stored(Path home) throws IOException {
		List<Path> files = new ArrayList<>(Installation.files(home.resolve("deletion")));
		files.sort(null);
		List<String> ids = new ArrayList<>();
		for (Path file : files) {
			if (file.toString().endsWith(".json")) {
				ids.add(machineId(Files.readString(file)));
			}
		}
		return ids;
	}

	static String machineId(FakeCollector.Request request) {
		return machineId(new String(request.body(), StandardCharsets.UTF_8));
	}

	private static String machineId(String json) {
		return json.replaceAll(".*\"machine_id\":\"([^\"]*)\".*", "$1");
	}

	private SentIds ids() {
		return new SentIds() {

			@Override
			public List<String> ids() throws IOException {
				return List.copyOf(Deletion.this.installation.journal.ids());
			}

			@Override
			public void erase() throws IOException {
				Deletion.this.installation.journal.erase();
			}

		};
	}

}
