package dev.telemetry.actuate;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import javax.management.MBeanFeatureInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;

import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.sent.SentBody;
import dev.telemetry.sent.SentHead;
import dev.telemetry.sent.SentHead.Protocol;
import dev.telemetry.sent.SentRequest;
import dev.telemetry.sent.SentText;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The endpoint through the platform's MBean server. */
class TelemetryEndpointJmxTests {

	private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

	private EndpointApplication application;

	private ObjectName name;

	private Path log;

	@BeforeEach
	void start(@TempDir Path directory) throws Exception {
		this.log = directory.resolve("telemetry.log");
		this.application = EndpointApplication.start(WebApplicationType.NONE, this.log, "spring.jmx.enabled=true",
				"spring.jmx.unique-names=true", "management.endpoints.jmx.exposure.include=telemetry");
		this.name = this.server
			.queryNames(new ObjectName("org.springframework.boot:type=Endpoint,name=Telemetry,*"), null)
			.iterator()
			.next();
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void operationsAreThoseAPersonUnderstands() throws Exception {
		assertThat(Arrays.stream(this.server.getMBeanInfo(this.name).getOperations()).map(MBeanFeatureInfo::getName))
			.containsExactlyInAnyOrder("status", "enable", "disable", "reset", "events", "sent", "sentText", "report",
					"notice", "export");
	}

	@Test
	void statusShowsIds() throws Exception {
		this.application.gate().grant();
		assertThat(invoke("status")).containsEntry("tool", "demo-app")
			.containsEntry("machineId", FakeTelemetrySdk.MACHINE_ID)
			.containsEntry("deletion", null);
	}

	@Test
	void enableTakesScopeAndNotice() throws Exception {
		assertThat(invoke("enable", "local", "sha256:ab")).containsEntry("collecting", true);
		assertThat(this.application.gate().scope()).isEqualTo(ConsentScope.LOCAL);
		assertThat(this.application.gate().notice).isEqualTo("sha256:ab");
	}

	@Test
	void enableWhenNothingIsGivenGrantsExport() throws Exception {
		assertThat(invoke("enable", null, null)).containsEntry("collecting", true);
		assertThat(this.application.gate().scope()).isEqualTo(ConsentScope.EXPORT);
	}

	@Test
	void enableWhenRefusedSaysWhy() throws Exception {
		this.application.gate().script(Outcome.VETOED, 0);
		assertThat(invoke("enable", null, null)).extractingByKey("refused", InstanceOfAssertFactories.MAP)
			.containsEntry("code", "vetoed");
		assertThat(invoke("enable", "none", null)).extractingByKey("refused", InstanceOfAssertFactories.MAP)
			.containsEntry("code", "invalid-scope");
	}

	@Test
	void disableAndResetWithdraw() throws Exception {
		assertThat(invoke("disable")).extractingByKey("consent", InstanceOfAssertFactories.MAP)
			.containsEntry("state", "WITHDRAWN");
		assertThat(invoke("reset")).extractingByKey("deletion", InstanceOfAssertFactories.MAP)
			.containsEntry("outcome", "NOT_NEEDED");
		assertThat(this.application.erased()).containsExactly("log", "ids");
	}

	@Test
	void noticeShowsWhatAYesAgreesTo() throws Exception {
		assertThat(invoke("notice")).containsKeys("current", "notice", "examples").doesNotContainKey("accepted");
	}

	@Test
	void eventsReturnsTheNewest() throws Exception {
		Files.write(this.log, List.of("{\"name\":\"a\"}", "{\"name\":\"b\"}"));
		assertThat(invoke("events", 1)).containsEntry("events", List.of(Map.of("name", "b")));
		assertThatExceptionOfType(ReflectionException.class).isThrownBy(() -> invoke("events", 0))
			.havingCause()
			.withMessageContaining("'limit' must be 1 to 1000");
	}

	@Test
	void sentReturnsTheNewestAndTheirText() throws Exception {
		this.application.sent().erase();
		SentRequest request = this.application.sent()
			.add(new SentHead("http", "https://a.example.com", Protocol.HTTP, "POST", "/", List.of(), 1),
					SentBody.of("[1]".getBytes(StandardCharsets.UTF_8), false, SentText.PLAIN));
		assertThat(invoke("sent", (Object) null)).extractingByKey("requests", InstanceOfAssertFactories.LIST)
			.singleElement(InstanceOfAssertFactories.MAP)
			.containsEntry("id", request.id())
			.containsEntry("size", 3);
		String[] text = { String.class.getName() };
		assertThat(this.server.invoke(this.name, "sentText", new Object[] { request.id() }, text)).isEqualTo("[1]");
		assertThat(this.server.invoke(this.name, "sentText", new Object[] { "other" }, text)).isNull();
	}

	@Test
	void reportCountsTheLog() throws Exception {
		Files.write(this.log, List.of("{\"name\":\"a\",\"attrs\":{\"n\":2}}", "{\"name\":\"b\"}"));
		String[] signature = new String[5];
		Arrays.fill(signature, String.class.getName());
		assertThat(this.server.invoke(this.name, "report", new Object[] { null, null, "a", null, "n" }, signature))
			.asString()
			.contains("\"name\":\"a\",\"count\":1,", "\"total\":2}]}");
		assertThatExceptionOfType(ReflectionException.class)
			.isThrownBy(() -> this.server.invoke(this.name, "report", new Object[] { "soon", null, null, null, null },
					signature))
			.havingCause()
			.withMessageContaining("'since' must be a day");
	}

	@Test
	void exportReturnsTheDocument() throws Exception {
		Files.writeString(this.log, "{\"name\":\"a\"}\n");
		assertThat(this.server.invoke(this.name, "export", new Object[0], new String[0])).asString()
			.contains("{\"name\":\"a\"}]")
			.endsWith("\n}\n");
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> invoke(String operation, @Nullable Object... arguments) throws Exception {
		String[] signature = Arrays.stream(this.server.getMBeanInfo(this.name).getOperations())
			.filter((candidate) -> candidate.getName().equals(operation))
			.flatMap((found) -> Arrays.stream(found.getSignature()))
			.map((parameter) -> parameter.getType())
			.toArray(String[]::new);
		return (Map<String, Object>) this.server.invoke(this.name, operation, arguments, signature);
	}

}
