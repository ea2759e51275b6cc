package dev.telemetry.consent.gate;

import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.storage.EncodedText;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

/** The file {@code telemetry.opt-in}, whose whole content is one value. */
final class OptInFileConsentSource implements ConsentSource {

	private static final String NAME = "telemetry.opt-in";

	private static final int MAX_BYTES = 1024;

	private final Path file;

	private final Problems problems;

	OptInFileConsentSource(Home home, Problems problems) {
		this.file = home.resolve(NAME);
		this.problems = problems;
	}

	@Override
	public List<ConsentInput> read() {
		PrivateFile.Content content = PrivateFile.read(this.file, MAX_BYTES);
		String refusal = content.refusal();
		byte @Nullable [] bytes = content.bytes();
		String text = (bytes != null) ? text(bytes) : null;
		if (refusal != null) {
			defer("it is ignored: " + refusal, Objects.requireNonNullElse(content.action(),
					"make it a file of your own that no other user may write, or remove it"));
		}
		else if (text != null && !isWord(text)) {
			defer(text.isBlank() ? "it is empty" : "it is neither true nor false",
					"write 'true' and nothing else, or remove it");
		}
		else {
			this.problems.resolved(NAME, this.file.toString());
		}
		return List.of(new ConsentInput(12, NAME, text, (text != null) ? NAME : null, false));
	}

	/** Content in an unknown encoding is not a value. */
	private static String text(byte[] bytes) {
		try {
			return EncodedText.decode(bytes);
		}
		catch (CharacterCodingException ex) {
			return "unreadable";
		}
	}

	private static boolean isWord(String text) {
		return switch (new ConsentInput(12, NAME, text, NAME, false).word()) {
			case TRUE, FALSE -> true;
			case UNSET, NEITHER -> false;
		};
	}

	private void defer(String problem, String action) {
		this.problems.defer(new Problem(NAME, this.file.toString(), problem, action));
	}

}
