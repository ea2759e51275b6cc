package dev.telemetry.consent.notice;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * Damages the content of small files in the ways that disks, editors and attackers do.
 */
public final class Mutations {

	private static final byte[] BOM = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private final Random random;

	public Mutations(long seed) {
		this.random = new Random(seed);
	}

	public byte[] mutate(byte[] content) {
		byte[] result = content;
		int times = 1 + this.random.nextInt(3);
		for (int i = 0; i < times; i++) {
			result = mutateOnce(result);
		}
		return result;
	}

	private byte[] mutateOnce(byte[] content) {
		int at = this.random.nextInt(content.length + 1);
		byte[] head = Arrays.copyOf(content, at);
		byte[] tail = Arrays.copyOfRange(content, at, content.length);
		return switch (this.random.nextInt(12)) {
			case 0, 1 -> flip(content);
			case 2 -> head;
			case 3 -> join(head, new byte[] { (byte) this.random.nextInt(256) }, tail);
			case 4 -> (tail.length > 0) ? join(head, Arrays.copyOfRange(tail, 1, tail.length)) : head;
			case 5 -> join(BOM, content);
			case 6 -> join(content, new byte[1 + this.random.nextInt(8)]);
			case 7 -> join(content, content);
			case 8 -> join(head, tail, tail);
			case 9 -> join(content, " \n\t\r".repeat(this.random.nextInt(20)).getBytes(StandardCharsets.UTF_8));
			case 10 -> reword(content);
			default -> join(head, " ".repeat(70).getBytes(StandardCharsets.UTF_8), tail);
		};
	}

	private byte[] flip(byte[] content) {
		byte[] flipped = content.clone();
		if (flipped.length > 0) {
			flipped[this.random.nextInt(flipped.length)] ^= (byte) (1 << this.random.nextInt(8));
		}
		return flipped;
	}

	/** What a person would try: another word, date, number, or a field twice. */
	private byte[] reword(byte[] content) {
		String text = new String(content, StandardCharsets.UTF_8);
		String changed = switch (this.random.nextInt(7)) {
			case 0 -> text.replace("denied", "granted");
			case 1 -> text.replace("\"decision\":", "\"decision\":\"granted\",\"decision\":");
			case 2 -> text.replace("2026-", "2099-");
			case 3 -> text.replaceFirst("\"seq\":\\d+", "\"seq\":" + this.random.nextLong());
			case 4 -> text.replace("local", "export");
			case 5 -> text.replace("false", "true");
			default -> text.replaceFirst(",\"checksum\":\"[^\"]*\"", "");
		};
		return changed.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] join(byte[]... parts) {
		int length = Arrays.stream(parts).mapToInt((part) -> part.length).sum();
		byte[] joined = new byte[length];
		int at = 0;
		for (byte[] part : parts) {
			System.arraycopy(part, 0, joined, at, part.length);
			at += part.length;
		}
		return joined;
	}

}
