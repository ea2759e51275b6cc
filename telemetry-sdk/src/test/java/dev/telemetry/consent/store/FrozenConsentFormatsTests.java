package dev.telemetry.consent.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.telemetry.sdk.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What is written about a decision is as it was, and is read as it was. */
class FrozenConsentFormatsTests {

	private static final Instant AT = Instant.parse("2026-11-21T03:00:00Z");

	private static final String FIRST = "sha256:" + "1".repeat(64);

	private static final String SECOND = "sha256:" + "2".repeat(64);

	private static final ConsentRecord GRANTED = ConsentRecord
		.grant(ConsentScope.EXPORT, FIRST, "0123456789abcdef0123456789abcdef", AT, "actuator", "demo-app")
		.withSeq(1);

	private static final ConsentRecord LOCAL = ConsentRecord
		.grant(ConsentScope.LOCAL, null, "0123456789abcdef0123456789abcdef", AT, "command", "Zo\u00eb's \"demo\"")
		.withSeq(4);

	private static final ConsentRecord TAKEN_OVER = GRANTED.withGrant("fedcba9876543210fedcba9876543210",
			"sha256:" + "3".repeat(64));

	private static final ConsentRecord DENIED = ConsentRecord.denial(false, AT, "command", "demo-app").withSeq(1);

	private static final ConsentRecord WITHDRAWN = ConsentRecord.denial(true, AT, "command", "demo-app").withSeq(2);

	private static final ShownNotice SHOWN = new ShownNotice("de", "What would be recorded\n  N\u00f6thing.\n");

	private static final Map<String, String> BASELINES = Map.of(FIRST, SECOND);

	@TempDir
	private Path directory;

	static Stream<Arguments> records() {
		return Stream.of(arguments("granted.json", GRANTED), arguments("granted-locally.json", LOCAL),
				arguments("taken-over.json", TAKEN_OVER), arguments("denied.json", DENIED),
				arguments("withdrawn.json", WITHDRAWN));
	}

	@ParameterizedTest
	@MethodSource("records")
	void recordIsWrittenAsItWas(String file, ConsentRecord consent) {
		Golden.assertSame("consent/" + file, ConsentRecordFormat.write(consent));
	}

	@ParameterizedTest
	@MethodSource("records")
	void recordOfThenIsRead(String file, ConsentRecord consent) throws IOException {
		assertThat(ConsentRecordFormat.read(Golden.read("consent/" + file))).isEqualTo(consent);
	}

	@Test
	void receiptsAreWrittenAsTheyWere() throws IOException {
		Path file = this.directory.resolve("consent-receipts.jsonl");
		ReceiptLog log = new ReceiptLog(file);
		for (ConsentReceipt receipt : receipts()) {
			log.append(receipt);
		}
		assertThat(receipts()).extracting(ConsentReceipt::kind).contains(ConsentReceipt.Kind.values());
		Golden.assertSame("consent/receipts.jsonl", Files.readAllBytes(file));
	}

	@Test
	void receiptsOfThenAreAnIntactChain() {
		List<String> lines = Golden.text("consent/receipts.jsonl").lines().toList();
		assertThat(lines).hasSameSizeAs(receipts());
		assertThat(chain(lines).isIntact()).isTrue();
		List<String> edited = lines.stream().map((line) -> line.replace("local", "export")).toList();
		assertThat(chain(edited).firstBroken()).as("the control").isGreaterThan(1);
	}

	@Test
	void baselineIsWrittenAsItWas() {
		Golden.assertSame("consent/baseline.json", BaselineFormat.write(BASELINES));
	}

	@Test
	void baselineOfThenIsRead() throws IOException {
		assertThat(BaselineFormat.read(Golden.read("consent/baseline.json"))).isEqualTo(BASELINES);
	}

	private static List<ConsentReceipt> receipts() {
		return List.of(ConsentReceipt.of(DENIED), ConsentReceipt.of(GRANTED),
				ConsentReceipt.rebased(GRANTED, SECOND, AT.plusSeconds(1)), ConsentReceipt.of(WITHDRAWN),
				ConsentReceipt.of(LOCAL), ConsentReceipt.of(TAKEN_OVER), ConsentReceipt.failed(GRANTED),
				ConsentReceipt.reset(AT.plusSeconds(2), "actuator"), ConsentReceipt.of(GRANTED).showing(SHOWN));
	}

	private static ReceiptChain chain(List<String> lines) {
		ReceiptChain chain = new ReceiptChain();
		lines.forEach((line) -> chain.add(line.getBytes(StandardCharsets.UTF_8)));
		return chain;
	}

}
