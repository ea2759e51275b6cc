package dev.telemetry.consent;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

/** The file {@code telemetry.opt-in}, whose whole content is one word. */
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
		if (refusal != null) {
			this.problems.report(new Problem(NAME, this.file.toString(), "it is ignored: " + refusal,
					"make it a file of your own that nobody else may write, or remove it"));
		}
		else {
			this.problems.resolved(NAME);
		}
		byte @Nullable [] bytes = content.bytes();
		String value = (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
		return List.of(new ConsentInput(12, NAME, value, (value != null) ? NAME : null, false));
	}

}
