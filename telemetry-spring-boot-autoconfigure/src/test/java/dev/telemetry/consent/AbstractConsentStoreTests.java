package dev.telemetry.consent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import dev.telemetry.consent.ConsentStore.Found;
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
			.withMessage("somebody said no meanwhile");
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
			start.await();
			for (int k = 0; k < writes; k++) {
				store.appendReceipt(Inputs.no(true));
				store.write(Inputs.no(true));
			}
			return null;
		})).toList();
		start.countDown();
		for (Future<?> writer : running) {
			writer.get();
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
		store().appendReceipt(Inputs.yes(ConsentScope.EXPORT));
		store().appendReceipt(Inputs.no(true));
		store().appendReceipt(Inputs.yes(ConsentScope.LOCAL));
		assertThat(receipts()).hasSize(3);
		assertThat(isIntact(receipts())).isTrue();
		assertThat(isIntact(List.of(receipts().get(0), receipts().get(2)))).as("a receipt is missing").isFalse();
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
	void saveNoticeIsReadByAllUnderItsHashOnly() throws Exception {
		byte[] json = "{\"v\":1}".getBytes(StandardCharsets.UTF_8);
		store().saveNotice(HASH, json);
		store().saveNotice(HASH, json);
		assertThat(store().notice(HASH)).isEqualTo(json);
		assertThat(store().notice("sha256:" + "b".repeat(64))).isNull();
		assertThat(store().notice("../" + HASH)).isNull();
	}

}
