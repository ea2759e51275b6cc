package dev.telemetry.sink.otlp;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link RequestSize}. */
class RequestSizeTests {

	private final RequestSize size = new RequestSize(1_000_000);

	@Test
	void whatFitsIsRemembered() {
		assertThat(this.size.limit()).isEqualTo(1_000_000);
		this.size.tooLarge(600_000);
		assertThat(this.size.limit()).isEqualTo(300_000);
		this.size.tooLarge(290_000);
		assertThat(this.size.limit()).isEqualTo(145_000);
		this.size.taken(100);
		assertThat(this.size.limit()).as("a small request says nothing").isEqualTo(145_000);
	}

	@Test
	void limitRisesAgainWithRequestsThatReachIt() {
		this.size.tooLarge(2_000);
		for (int i = 0; i < 1_000; i++) {
			this.size.taken(this.size.limit());
		}
		assertThat(this.size.limit()).isEqualTo(1_000_000);
	}

	@Test
	void limitIsNeverNothing() {
		for (int i = 0; i < 100; i++) {
			this.size.tooLarge(10);
		}
		assertThat(this.size.limit()).isEqualTo(1024);
	}

}
