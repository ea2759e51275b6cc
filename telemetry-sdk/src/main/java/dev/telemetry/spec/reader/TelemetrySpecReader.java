package dev.telemetry.spec.reader;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.SemanticVersion;
import dev.telemetry.spec.SpecProvider;
import dev.telemetry.spec.Stability;
import dev.telemetry.spec.TelemetrySpec;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a spec from YAML: {@code meta}, {@code events} and {@code config}, as the JSON
 * schema {@code dev/telemetry/telemetry-spec.schema.json} says. Needs SnakeYAML. The text
 * is composed into nodes only: no object of a type it names is ever made.
 */
public final class TelemetrySpecReader {

	/** The longest text that is read, in bytes. */
	public static final int MAX_BYTES = 1024 * 1024;

	private static final int MAX_DEPTH = 16;

	private static final int MAX_ALIASES = 50;

	static final String VERSION = "a semantic version such as 1.0.0";

	private static final String OWNERS = "say who answers for it";

	private final SpecReport report;

	private TelemetrySpecReader(SpecReport report) {
		this.report = report;
	}

	/**
	 * Read a spec.
	 * @param file where the text comes from, for messages
	 * @param yaml the text in UTF-8
	 * @return the spec
	 * @throws TelemetrySpecException if it cannot be used; names file, line and column of
	 * everything that is wrong
	 */
	public static TelemetrySpec read(String file, byte[] yaml) throws TelemetrySpecException {
		SpecReport report = new SpecReport(file);
		Node root = compose(yaml, report);
		TelemetrySpec spec = null;
		if (root instanceof MappingNode mapping) {
			spec = new SpecFields(mapping, report).read(new TelemetrySpecReader(report)::spec);
		}
		else if (report.isEmpty()) {
			report.add((root != null) ? root.getStartMark() : null, "the file is empty or not a mapping",
					"write 'meta:', 'events:' and, if wanted, 'config:'");
		}
		if (spec == null || !report.isEmpty()) {
			throw report.toException();
		}
		return spec;
	}

	public static @Nullable Node compose(byte[] yaml, SpecReport report) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		options.setNestingDepthLimit(MAX_DEPTH);
		options.setMaxAliasesForCollections(MAX_ALIASES);
		if (yaml.length > MAX_BYTES) {
			report.add((Mark) null, "the file is longer than " + MAX_BYTES + " bytes", "split it");
			return null;
		}
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
			return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
		}
		catch (MarkedYAMLException ex) {
			report.add(ex.getProblemMark(), "it is not valid YAML: " + ex.getProblem(), "correct the syntax");
		}
		catch (YAMLException | CharacterCodingException ex) {
			report.add((Mark) null, "it is not valid YAML in UTF-8", "correct the syntax");
		}
		return null;
	}

	private @Nullable TelemetrySpec spec(SpecFields fields) {
		SpecFields meta = fields.mapping("meta");
		if (meta == null) {
			fields.required("meta", "write 'meta:' with 'key', 'version' and 'owners'");
		}
		TelemetrySpec.Builder spec = (meta != null) ? meta.read(this::meta) : null;
		SpecFields config = fields.mapping("config");
		boolean configured = config == null || spec == null || config.read((read) -> config(read, spec)) != null;
		List<EventDefinition> events = fields.list("events", SpecEventReader::read);
		if (spec == null || !configured || !this.report.isEmpty()) {
			return null;
		}
		events.forEach(spec::event);
		return spec.origin(fields.place()).build();
	}

	private TelemetrySpec.@Nullable Builder meta(SpecFields meta) {
		String key = key(meta);
		SemanticVersion version = meta.parsed("version", VERSION, SemanticVersion::of);
		if (meta.text("version") == null) {
			meta.required("version", "write " + VERSION);
		}
		String title = meta.text("title");
		String description = meta.text("description");
		String domain = meta.text("domain");
		Stability stability = meta.word("stability", Stability.class);
		List<String> owners = meta.texts("owners");
		if (owners.isEmpty()) {
			meta.required("owners", OWNERS);
		}
		List<String> tags = meta.texts("tags");
		List<String> docs = meta.texts("docs");
		if (key.isEmpty() || version == null) {
			return null;
		}
		return TelemetrySpec.builder(key, version.text())
			.title(title)
			.description(Objects.requireNonNullElse(description, ""))
			.domain(domain)
			.stability(Objects.requireNonNullElse(stability, Stability.EXPERIMENTAL))
			.owners(owners)
			.tags(tags)
			.docs(docs);
	}

	/** Both words are in use for the same thing. */
	static String key(SpecFields fields) {
		String key = fields.text("key");
		String name = fields.text("name");
		if (key != null && name != null && !key.equals(name)) {
			throw new IllegalArgumentException("'key' and 'name' must not differ");
		}
		return (key != null) ? key : (name != null) ? name : fields.requiredText("key", "say what it is called");
	}

	private TelemetrySpec.Builder config(SpecFields config, TelemetrySpec.Builder spec) {
		Integer days = config.wholeNumber("defaultRetentionDays");
		if (days != null) {
			spec.defaultRetention(new EventRetention(days, EventRetention.Policy.DELETE));
		}
		Double rate = config.number("defaultSamplingRate");
		if (rate != null) {
			spec.defaultSamplingRate(rate);
		}
		SpecFields anomaly = config.mapping("anomalyDetection");
		if (anomaly != null) {
			spec.anomalyDetection(Boolean.TRUE.equals(anomaly.read((read) -> {
				read.wholeNumber("checkIntervalMs");
				return !Boolean.FALSE.equals(read.flag("enabled"));
			})));
		}
		return spec.providers(config.list("providers", TelemetrySpecReader::provider));
	}

	private static SpecProvider provider(SpecFields provider) {
		String type = provider.requiredText("type", "write opentelemetry, posthog, segment or internal");
		Map<String, String> config = new LinkedHashMap<>();
		SpecFields values = provider.mapping("config");
		if (values != null) {
			for (String name : values.names()) {
				config.put(name, Objects.requireNonNullElse(values.text(name), ""));
			}
		}
		return new SpecProvider(type, config);
	}

}
