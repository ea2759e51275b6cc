package dev.telemetry.consent.notice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import dev.telemetry.consent.gate.ConsentAnswer;
import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.consent.gate.ConsentPolicy;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.NoticeHashes;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** {@link StoredNotices} with texts on disk, and in memory where it says so. */
class StoredNoticesTests {

	private static final Notice AGREED = NoticeFixture.notice();

	private static final Notice NARROWER = NoticeFixture.builder().metadata(List.of()).build();

	private static final Notice WIDER = NoticeFixture.builder().machineId("derived").build();

	@TempDir
	private Path directory;

	private Path home;

	private ConsentStore store;

	private StoredNotices notices;

	@BeforeEach
	void create() {
		this.home = this.directory.resolve("home");
		this.store = ConsentStore.file(Home.chosen(this.home), "demo");
		this.notices = new StoredNotices(this.store);
	}

	@Test
	void coveredUntilThereIsANoticeIsFalse() {
		assertThat(this.notices.current()).isNull();
		assertThat(this.notices.covered(AGREED.hash())).isFalse();
		assertThat(this.notices.covered(null)).isFalse();
	}

	@Test
	void coveredWhenItIsTodaysNeedsNoText() {
		this.notices.publish(AGREED);
		assertThat(this.notices.covered(AGREED.hash())).isTrue();
		assertThat(this.notices.covered(null)).isFalse();
		assertThat(this.home).doesNotExist();
	}

	@Test
	void coveredWhenTextIsKeptComparesIt() throws IOException {
		keepAgreed();
		this.notices.publish(NARROWER);
		assertThat(this.notices.covered(AGREED.hash())).isTrue();
		this.notices.publish(WIDER);
		assertThat(this.notices.covered(AGREED.hash())).isFalse();
	}

	@Test
	void coveredWhenKeptInMemoryComparesIt() throws IOException {
		StoredNotices inMemory = new StoredNotices(ConsentStore.memory());
		inMemory.publish(AGREED);
		inMemory.keep();
		inMemory.publish(NARROWER);
		assertThat(inMemory.covered(AGREED.hash())).isTrue();
	}

	@Test
	void coveredWhenTextIsMissingIsFalse() throws IOException {
		Path file = keepAgreed();
		this.notices.publish(NARROWER);
		Files.delete(file);
		assertThat(this.notices.covered(AGREED.hash())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "torn" })
	void coveredWhenTextIsDamagedIsFalse(String damaged) throws IOException {
		Path file = keepAgreed();
		this.notices.publish(NARROWER);
		Files.writeString(file, damaged);
		assertThat(this.notices.covered(AGREED.hash())).isFalse();
	}

	@Test
	void coveredWhenTextIsOfAnotherNoticeIsFalse() throws IOException {
		Path file = keepAgreed();
		this.notices.publish(NARROWER);
		Files.write(file, WIDER.toJson());
		assertThat(this.notices.find(AGREED.hash())).isNull();
		assertThat(this.notices.covered(AGREED.hash())).isFalse();
	}

	@Test
	void coveredWhenTextIsALinkIsFalse() throws IOException {
		Path file = keepAgreed();
		this.notices.publish(NARROWER);
		Path elsewhere = Files.move(file, this.directory.resolve("elsewhere"));
		Files.createSymbolicLink(file, elsewhere);
		assertThat(this.notices.covered(AGREED.hash())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "invalid", "sha256:../../consent", "../consent.json", "sha256:ABC" })
	void findWhenHashHasAnotherFormReadsNothing(String hash) {
		this.notices.publish(NARROWER);
		assertThat(this.notices.find(hash)).isNull();
		assertThat(this.notices.covered(hash)).isFalse();
		assertThatIOException().isThrownBy(() -> this.store.saveNotice(hash, new byte[0]));
		assertThat(this.home).doesNotExist();
	}

	@Test
	void keepWritesPrivatelyUnderTheHash() throws IOException {
		Path file = keepAgreed();
		assertThat(file).hasBinaryContent(AGREED.toJson());
		assertThat(file.getFileName().toString()).isEqualTo(AGREED.hash().substring(7) + ".json");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
			.isEqualTo("rwx------");
	}

	@Test
	void keepWhenTextIsDamagedMendsIt() throws IOException {
		Path file = keepAgreed();
		Files.writeString(file, "torn");
		assertThat(keepAgreed()).hasBinaryContent(AGREED.toJson());
	}

	@Test
	void crashBetweenNoticeAndRecordLeavesOnlyAText() throws IOException {
		keepAgreed();
		ConsentGate gate = gate();
		assertThat(gate.refresh().state()).isEqualTo(ConsentState.UNDECIDED);
		assertThat(gate.enable(ConsentScope.LOCAL, AGREED.hash(), "command").outcome())
			.isEqualTo(ConsentAnswer.Outcome.DONE);
	}

	@Test
	void gateWhenMoreIsCollectedIsStaleAndWhenLessStaysGranted() {
		this.notices.publish(AGREED);
		ConsentGate gate = gate();
		gate.enable(ConsentScope.EXPORT, null, "command");
		ConsentSession session = gate.session();
		this.notices.publish(NARROWER);
		assertThat(gate.refresh().state()).isEqualTo(ConsentState.GRANTED);
		assertThat(gate.session()).isSameAs(session);
		this.notices.publish(WIDER);
		ConsentDecision stale = gate.refresh();
		assertThat(stale.state()).isEqualTo(ConsentState.STALE);
		assertThat(stale.recordedScope()).isEqualTo(ConsentScope.EXPORT);
		assertThat(stale.notice()).isEqualTo(new NoticeHashes(WIDER.hash(), AGREED.hash()));
		assertThat(gate.session()).isNull();
		gate.enable(ConsentScope.EXPORT, WIDER.hash(), "command");
		assertThat(gate.decision().state()).isEqualTo(ConsentState.GRANTED);
		this.notices.publish(AGREED);
		assertThat(gate.refresh().state()).as("a wider yes covers less").isEqualTo(ConsentState.GRANTED);
	}

	@Test
	void gateWhenConfigurationNamesANoticeComparesItsText() throws IOException {
		keepAgreed();
		ConsentInput yes = new ConsentInput(2, "telemetry.enabled", "true", "application.yaml:1", false);
		ConsentPolicy pinned = new ConsentPolicy(ConsentPolicy.DEFAULTS.maxAge(), true, true, true, AGREED.hash(),
				false);
		ConsentGate gate = ConsentGate.builder(this.store)
			.notices(this.notices)
			.policy(pinned)
			.sources(List.of(() -> List.of(yes)))
			.build();
		this.notices.publish(NARROWER);
		assertThat(gate.refresh().state()).isEqualTo(ConsentState.GRANTED);
		this.notices.publish(WIDER);
		assertThat(gate.refresh().state()).isEqualTo(ConsentState.STALE);
	}

	private ConsentGate gate() {
		return ConsentGate.builder(this.store).tool("demo").notices(this.notices).build();
	}

	private Path keepAgreed() throws IOException {
		this.notices.publish(AGREED);
		this.notices.keep();
		return this.home.resolve("notices").resolve(AGREED.hash().substring(7) + ".json");
	}

}
