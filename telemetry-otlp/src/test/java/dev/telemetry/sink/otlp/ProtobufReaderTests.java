package dev.telemetry.sink.otlp;

import java.util.SplittableRandom;

import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Tests for {@link ProtobufReader} and {@link PartialSuccess}. */
class ProtobufReaderTests {

	private static final byte[] RESPONSE = ExportTraceServiceResponse.newBuilder()
		.setPartialSuccess(ExportTracePartialSuccess.newBuilder().setRejectedSpans(300).setErrorMessage("no"))
		.build()
		.toByteArray();

	@Test
	void readTakesCountAndMessage() {
		assertThat(PartialSuccess.read(RESPONSE)).isEqualTo(new PartialSuccess(300, "no"));
	}

	@Test
	void readTakesTheFormThatTheSpecificationShows() {
		assertThat(PartialSuccess.read(new byte[] { 0x0a, 0x06, 0x08, 0x01, 0x12, 0x02, 0x6e, 0x6f }))
			.isEqualTo(new PartialSuccess(1, "no"));
	}

	@Test
	void readOfNothingIsFullSuccess() {
		assertThat(PartialSuccess.read(new byte[0])).isEqualTo(new PartialSuccess(0, ""));
	}

	@Test
	void readSkipsUnknownFields() {
		byte[] message = { 0x10, 0x05, 0x1d, 1, 2, 3, 4, 0x21, 1, 2, 3, 4, 5, 6, 7, 8, 0x0a, 0x02, 0x08, 0x02 };
		assertThat(PartialSuccess.read(message).rejected()).isEqualTo(2);
	}

	@Test
	void readOfALengthBeyondTheEndIsNoResponse() {
		byte[] huge = { 0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 0x08, 0x01 };
		assertThat(PartialSuccess.read(huge)).isNull();
	}

	@Test
	void readOfDamagedBytesNeverThrows() {
		SplittableRandom random = new SplittableRandom(7);
		for (int i = 0; i < 20_000; i++) {
			byte[] damaged = RESPONSE.clone();
			for (int flips = random.nextInt(4); flips >= 0; flips--) {
				damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			}
			assertThatNoException().isThrownBy(() -> PartialSuccess.read(damaged));
			assertThatNoException().isThrownBy(() -> OtlpAnswers.statusMessage(damaged));
		}
	}

}
