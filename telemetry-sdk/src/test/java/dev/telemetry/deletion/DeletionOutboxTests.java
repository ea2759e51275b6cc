package dev.telemetry.deletion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests for {@link DeletionOutbox}. */
@Tag("T-23")
@DisabledOnOs(OS.WINDOWS)
class DeletionOutboxTests {

	@TempDir
	private Path directory;

	@Test
	void storeWhenThereIsNothingToStoreCreatesNothing() throws IOException {
		DeletionFixture fixture = fixture().store();
		assertThat(fixture.outbox.exists()).isFalse();
		assertThat(fixture.waiting()).isEmpty();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void storeWritesOnePrivateFileEach() throws IOException {
		DeletionFixture fixture = fixture().store("a1", "b2");
		assertThat(fixture.files()).hasSize(2)
			.allSatisfy((file) -> assertThat(mode(file)).isEqualTo("rw-------"))
			.allSatisfy((file) -> assertThat(file.toString()).endsWith(".json"));
		assertThat(mode(fixture.files().get(0).getParent())).isEqualTo("rwx------");
		DeletionRequest first = fixture.outbox.waiting().get(0);
		assertThat(fixture.files().get(0))
			.hasContent("{\"machine_id\":\"a1\",\"request_id\":\"" + first.requestId() + "\",\"tool\":\"demo-app\"}");
	}

	@Test
	void waitingIsInTheOrderOfStoringAlsoInTheNextRun() throws IOException {
		fixture().store("c", "b").store("a");
		assertThat(fixture().waiting()).containsExactly("c", "b", "a");
	}

	/**
	 * Version 0.1.0 wrote the number with the digits of the machine's language, and did
	 * not find the file again.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "\u0660", "\u06f0", "\u0966", "\u0e50", "\u1040", "\ud804\udd36" })
	void waitingWhenNumbersHaveOtherDigitsFindsThemInTheirOrder(String zero) throws IOException {
		List<Path> files = fixture().store("a1", "b2", "c3").files();
		for (Path file : files) {
			String name = file.getFileName().toString();
			StringBuilder other = new StringBuilder();
			name.substring(0, 8).chars().forEach((c) -> other.appendCodePoint(zero.codePointAt(0) + c - '0'));
			Files.move(file, file.resolveSibling(other + name.substring(8)));
		}
		DeletionFixture next = fixture().store("d4");
		assertThat(next.waiting()).containsExactly("a1", "b2", "c3", "d4");
		assertThat(next.files().get(0).getFileName().toString()).startsWith("00000004-");
		for (DeletionRequest request : next.outbox.waiting()) {
			next.outbox.done(request, DeletionOutcome.ACKNOWLEDGED);
		}
		assertThat(next.waiting()).isEmpty();
		assertThat(next.files()).singleElement().satisfies((file) -> assertThat(file).hasFileName("result.json"));
	}

	@Test
	void storeWhenIdentifierWaitsAlreadyKeepsItsRequest() throws IOException {
		DeletionRequest first = fixture().store("a1").outbox.waiting().get(0);
		assertThat(fixture().store("a1", "b2").outbox.waiting()).hasSize(2).first().isEqualTo(first);
	}

	@Test
	void storeWhenTheProcessDiesHalfWayGoesOnWhereItStopped() throws IOException {
		Supplier<UUID> dying = new Supplier<>() {

			private int calls;

			@Override
			public UUID get() {
				if (++this.calls > 1) {
					throw new Death();
				}
				return new UUID(0, 1);
			}

		};
		DeletionOutbox outbox = new DeletionOutbox(Home.chosen(this.directory), () -> DeletionFixture.NOW, dying,
				new Problems());
		assertThatThrownBy(() -> outbox.store(List.of("a1", "b2"), "demo-app")).isInstanceOf(Death.class);
		DeletionFixture next = fixture();
		assertThat(next.waiting()).containsExactly("a1");
		assertThat(next.store("a1", "b2").waiting()).containsExactly("a1", "b2");
		assertThat(next.outbox.waiting().get(0).requestId()).isEqualTo(new UUID(0, 1));
	}

	@Test
	void doneTakesAwayAndCountsWithoutNamingIdentifiers() throws IOException {
		DeletionFixture fixture = fixture().store("secret-id-1", "secret-id-2");
		for (DeletionRequest request : fixture.outbox.waiting()) {
			fixture.outbox.done(request, DeletionOutcome.ACKNOWLEDGED);
		}
		assertThat(fixture.files()).singleElement().satisfies((file) -> {
			assertThat(Files.readString(file)).contains("\"count\":\"2\"").doesNotContain("secret-id");
			assertThat(mode(file)).isEqualTo("rw-------");
		});
		DeletionFixture next = fixture();
		assertThat(next.waiting()).isEmpty();
		assertThat(next.outbox.result()).isNotNull();
		assertThat(next.outbox.result().count()).isEqualTo(2);
		assertThat(next.outbox.result().at()).isEqualTo(DeletionFixture.NOW);
	}

	@Test
	void doneWhenTheProcessDiesBeforeErasingIsNotSentAgain() throws IOException {
		DeletionFixture fixture = fixture().store("a1", "b2");
		Path file = fixture.files().get(0);
		byte[] content = Files.readAllBytes(file);
		fixture.outbox.done(fixture.outbox.waiting().get(0), DeletionOutcome.ACKNOWLEDGED);
		Files.write(file, content);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
		DeletionFixture next = fixture();
		assertThat(next.waiting()).containsExactly("b2");
		assertThat(file).doesNotExist();
		assertThat(next.outbox.result().count()).isEqualTo(1);
	}

	@Test
	void doneWhenOneWasOnlyHandedOverNeverSaysAcknowledged() throws IOException {
		DeletionFixture fixture = fixture().store("a1", "b2");
		List<DeletionRequest> waiting = fixture.outbox.waiting();
		fixture.outbox.done(waiting.get(0), DeletionOutcome.REQUESTED);
		fixture.outbox.done(waiting.get(1), DeletionOutcome.ACKNOWLEDGED);
		assertThat(fixture.outbox.result().outcome()).isEqualTo(DeletionOutcome.REQUESTED);
	}

	@Test
	void storeWhenEverythingWasDoneCountsFromTheBeginning() throws IOException {
		DeletionFixture fixture = fixture().store("a1");
		fixture.outbox.done(fixture.outbox.waiting().get(0), DeletionOutcome.REQUESTED);
		fixture.store("b2");
		assertThat(fixture.outbox.result()).isNull();
		fixture.outbox.done(fixture.outbox.waiting().get(0), DeletionOutcome.ACKNOWLEDGED);
		assertThat(fixture.outbox.result().outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
		assertThat(fixture.outbox.result().count()).isEqualTo(1);
	}

	@Test
	void waitingWhenOneIsDamagedSetsItAsideAndTells() throws IOException {
		DeletionFixture fixture = fixture().store("a1", "b2");
		Path first = fixture.files().get(0);
		Files.writeString(first, "{\"machine_id\":\"a1\",");
		assertThat(fixture.waiting()).containsExactly("b2");
		assertThat(first).doesNotExist();
		assertThat(first.resolveSibling(first.getFileName() + ".damaged")).exists();
		assertThat(fixture.problems.list()).singleElement()
			.extracting(Problem::problem)
			.isEqualTo("a request for deletion cannot be sent: it is damaged");
		assertThat(fixture().waiting()).containsExactly("b2");
	}

	@Test
	void waitingWhenOneIsALinkDoesNotFollowIt() throws IOException {
		DeletionFixture fixture = fixture().store("a1");
		Path file = fixture.files().get(0);
		Path target = Files.move(file, this.directory.resolve("target"));
		Files.createSymbolicLink(file, target);
		assertThat(fixture.waiting()).isEmpty();
		assertThat(fixture.problems.list()).hasSize(1);
		assertThat(target).exists();
	}

	@Test
	void storeWhenThereIsNoHomeFailsForIdentifiersOnly() throws IOException {
		DeletionOutbox outbox = new DeletionOutbox(null, () -> DeletionFixture.NOW, UUID::randomUUID, new Problems());
		outbox.store(List.of(), "demo-app");
		assertThat(outbox.waiting()).isEmpty();
		assertThatIOException().isThrownBy(() -> outbox.store(List.of("a1"), "demo-app"));
	}

	private DeletionFixture fixture() {
		return new DeletionFixture(this.directory, (request) -> DeletionAnswer.acknowledged());
	}

	private static String mode(Path file) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
	}

	/** What no handler of ours catches. */
	private static final class Death extends Error {

		private static final long serialVersionUID = 1L;

	}

}
