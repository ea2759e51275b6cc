package dev.telemetry.consent.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import dev.telemetry.consent.gate.Inputs;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.sdk.Patience;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** What every store that several processes share must do. */
abstract class AbstractConsentStoreTests {

	private static final String HASH = "sha256:" + "a".repeat(64);

	/** A store of another process, as it were: it remembers nothing of the others. */
	abstract ConsentStore store();

	/** Change the text that is kept, behind everybody's back. */
	abstract void change(UnaryOperator<String> change) throws IOException;

	/** Return the text that was set aside. */
	abstract String setAside() throws IOException;

	abstract List<String> receipts() throws IOException;

	/** Change one receipt, the first of which has the number 1. */
	abstract void changeReceipt(int number, UnaryOperator<String> change) throws IOException;

	@Test
	void readWhenNobodyDecidedFindsNothing() {
		assertThat(store().read()).isEqualTo(Found.NOTHING);
	}

	@Test
	void writeIsReadByAllAndCounted() throws Exception {
		ConsentStore one = store();
		ConsentStore other = store();
		assertThat(one.write(Inputs.yes(ConsentScope.EXPORT)).seq()).isEqualTo(1);
		assertThat(other.read()).isEqualTo(Inputs.found(Inputs.yes(ConsentScope.EXPORT)));
		assertThat(other.write(Inputs.no(true)).seq()).isEqualTo(2);
		assertThat(one.read()).isEqualTo(Inputs.found(Inputs.no(true).withSeq(2)));
		assertThat(store().read()).isEqualTo(one.read());
	}

	@Test
	void writeWhenANoCameMeanwhileDoesNotReplaceItByAYes() throws Exception {
		ConsentStore one = store();
		one.write(Inputs.yes(ConsentScope.EXPORT));
		store().write(Inputs.no(true));
		assertThatIOException().isThrownBy(() -> one.write(Inputs.yes(ConsentScope.EXPORT)))
			.withMessage("consent was denied meanwhile");
		one.read();
		assertThat(one.write(Inputs.yes(ConsentScope.EXPORT)).seq()).as("now it is known").isEqualTo(3);
	}

	@Test
	void writeWhenManyDoSoAtOnceLosesNone() throws Exception {
		int writers = 4;
		int writes = 10;
		CountDownLatch start = new CountDownLatch(1);
		ExecutorService threads = Executors.newFixedThreadPool(writers);
		List<Future<?>> running = IntStream.range(0, writers).<Future<?>>mapToObj((i) -> threads.submit(() -> {
			ConsentStore store = store();
			Patience.await("the start", start);
			for (int k = 0; k < writes; k++) {
				store.appendReceipt(ConsentReceipt.of(Inputs.no(true)));
				store.write(Inputs.no(true));
			}
			return null;
		})).toList();
		start.countDown();
		for (Future<?> writer : running) {
			Patience.result("a decision that is written", writer);
		}
		threads.shutdown();
		ConsentRecord last = store().read().record();
		assertThat(last).isNotNull();
		assertThat(last.seq()).isEqualTo(writers * writes);
		assertThat(receipts()).hasSize(writers * writes);
		assertThat(isIntact(receipts())).isTrue();
	}

	@Test
	void appendReceiptByTwoMakesOneChain() throws Exception {
		store().appendReceipt(ConsentReceipt.of(Inputs.yes(ConsentScope.EXPORT)));
		store().appendReceipt(ConsentReceipt.of(Inputs.no(true)));
		store().appendReceipt(ConsentReceipt.of(Inputs.yes(ConsentScope.LOCAL)));
		assertThat(receipts()).hasSize(3);
		assertThat(isIntact(receipts())).isTrue();
		assertThat(isIntact(List.of(receipts().get(0), receipts().get(2)))).as("a receipt is missing").isFalse();
	}

	@Test
	void receiptsProblemWhenALineWasChangedNamesTheNextOne() throws Exception {
		ConsentStore store = store();
		assertThat(store.receiptsProblem()).isNull();
		for (int i = 0; i < 3; i++) {
			store.appendReceipt(ConsentReceipt.of(Inputs.no(true)));
		}
		assertThat(store.receiptsProblem()).isNull();
		changeReceipt(2, (line) -> line.replace("command", "actuator"));
		assertThat(store.receiptsProblem()).isNotNull();
		assertThat(store.receiptsProblem().problem()).contains("line 3 does not follow");
		changeReceipt(2, (line) -> line.replace("actuator", "command"));
		assertThat(store.receiptsProblem()).isNull();
		store.appendReceipt(ConsentReceipt.of(Inputs.no(true)));
		assertThat(store.receiptsProblem()).isNull();
	}

	private static boolean isIntact(List<String> receipts) {
		ReceiptChain chain = new ReceiptChain();
		receipts.forEach((line) -> chain.add(line.getBytes(StandardCharsets.UTF_8)));
		return chain.isIntact();
	}

	@Test
	void readWhenTextIsDamagedIsAFaultAndSettingItAsideMendsIt() throws Exception {
		ConsentStore store = store();
		store.write(Inputs.yes(ConsentScope.EXPORT));
		change((text) -> text.replace("export", "exporT"));
		assertThat(store.read().fault()).isNotNull();
		assertThat(store().read().record()).isNull();
		store.setAside();
		assertThat(store.read().fault()).isNull();
		assertThat(store.read().record()).isNull();
		assertThat(setAside()).contains("exporT");
		assertThat(store.write(Inputs.no(true)).seq()).isEqualTo(2);
		assertThat(store.read().record()).isNotNull();
	}

	@Test
	void readWhenAnOlderTextIsBackIsAFault() throws Exception {
		ConsentStore store = store();
		store.write(Inputs.yes(ConsentScope.EXPORT));
		String[] old = new String[1];
		change((text) -> old[0] = text);
		store.write(Inputs.no(true));
		change((text) -> old[0]);
		assertThat(store.read().record()).isNull();
		assertThat(store.read().fault()).isNotNull();
		assertThat(store.write(Inputs.no(true)).seq()).isEqualTo(3);
		assertThat(store.read().fault()).isNull();
	}

	@Test
	void readWhenAnotherTextHasTheSameNumberIsAFault() throws Exception {
		ConsentStore store = store();
		store.write(Inputs.yes(ConsentScope.EXPORT));
		store.write(Inputs.no(true));
		ConsentRecord denial = store.read().record();
		assertThat(denial).isNotNull();
		String grant = text(Inputs.yes(ConsentScope.EXPORT).withSeq(denial.seq()));
		change((text) -> grant);
		assertThat(store.read().record()).isNull();
		assertThat(store.read().fault()).isEqualTo("it is another one than was seen before under the same number");
		assertThat(store().read().record()).as("one that has not seen the other cannot tell").isNotNull();
		change((text) -> text(denial));
		assertThat(store.read().record()).as("what was seen is back").isEqualTo(denial);
	}

	@Test
	void readWhenGrantHasAnIdOfAnotherFormIsAFault() throws Exception {
		store().write(Inputs.yes(ConsentScope.EXPORT));
		String hash = "sha256:" + "a".repeat(64);
		for (String id : List.of(hash, "", "0123456789ABCDEF0123456789ABCDEF", Inputs.GRANT_ID + "0",
				Inputs.GRANT_ID.substring(1), "0123456789abcdef-123456789abcdef")) {
			change((text) -> text(Inputs.yes(ConsentScope.EXPORT).withGrant(id, null)));
			assertThat(store().read().fault()).as(id).contains("a value that cannot be");
		}
		for (String id : List.of("sha256:", "sha256:" + "A".repeat(64), hash + "0", "a", "")) {
			change((text) -> text(Inputs.yes(ConsentScope.EXPORT).withGrant(Inputs.GRANT_ID, id)));
			assertThat(store().read().fault()).as(id).contains("a value that cannot be");
		}
		for (String id : List.of(hash, "f".repeat(32))) {
			ConsentRecord taken = Inputs.yes(ConsentScope.EXPORT).withGrant(Inputs.GRANT_ID, id);
			change((text) -> text(taken));
			assertThat(store().read().record()).isEqualTo(taken);
		}
	}

	private static String text(ConsentRecord record) {
		return new String(ConsentRecordFormat.write(record), StandardCharsets.UTF_8).trim();
	}

	@Test
	void saveNoticeIsReadByAllUnderItsHashOnly() throws Exception {
		byte[] json = "{\"v\":1}".getBytes(StandardCharsets.UTF_8);
		store().saveNotice(HASH, json);
		store().saveNotice(HASH, json);
		assertThat(store().notice(HASH)).isEqualTo(json);
		assertThat(store().notice("sha256:" + "b".repeat(64))).isNull();
		assertThat(store().notice("../" + HASH)).isNull();
	}

	@Test
	void saveBaselineIsReadByAllAndGivesWayToNobody() throws Exception {
		String other = "sha256:" + "b".repeat(64);
		assertThat(store().baseline(HASH)).isNull();
		assertThat(store().saveBaseline(HASH, other, HASH)).as("there is none to replace").isFalse();
		assertThat(store().saveBaseline(HASH, null, other)).isTrue();
		assertThat(store().baseline(HASH)).isEqualTo(other);
		assertThat(store().baseline(other)).isNull();
		assertThat(store().saveBaseline(HASH, null, HASH)).as("somebody was faster").isFalse();
		assertThat(store().saveBaseline(other, null, HASH)).isTrue();
		assertThat(store().saveBaseline(HASH, other, HASH)).isTrue();
		assertThat(store().baseline(HASH)).isEqualTo(HASH);
		assertThat(store().baseline(other)).isEqualTo(HASH);
		assertThat(store().notice(HASH)).as("no notice").isNull();
	}

	@Test
	void saveBaselineWhenManyDoSoAtOnceIsDoneByOne() throws Exception {
		int writers = 4;
		CountDownLatch start = new CountDownLatch(1);
		ExecutorService threads = Executors.newFixedThreadPool(writers);
		List<Future<Boolean>> running = IntStream.range(0, writers).mapToObj((i) -> threads.submit(() -> {
			ConsentStore store = store();
			Patience.await("the start", start);
			return store.saveBaseline(HASH, null, "sha256:" + String.valueOf(i).repeat(64));
		})).toList();
		start.countDown();
		List<String> done = new ArrayList<>();
		for (int i = 0; i < writers; i++) {
			if (running.get(i).get(20, TimeUnit.SECONDS)) {
				done.add("sha256:" + String.valueOf(i).repeat(64));
			}
		}
		threads.shutdown();
		assertThat(done).containsExactly(store().baseline(HASH));
	}

}
