package dev.telemetry.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.telemetry.insight.JsonDocument;
import dev.telemetry.spec.dictionary.DataDictionary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the data dictionary of specs, or says whether one is up to date. */
@Command(name = "docs", description = "Write what is collected as a page for people, such as TELEMETRY.md",
		exitCodeList = { "0:the page was written, or is up to date", "1:the page is not what the specs say (--check)",
				"2:the command or a file cannot be read or written" })
final class DocsCommand extends CliCommand {

	private static final int MAX_BYTES = 16 * 1024 * 1024;

	@Parameters(paramLabel = "FILE|DIR", arity = "1..*",
			description = "Specs, directories with *.telemetry.yaml, or one manifest or archive")
	private List<String> names = List.of();

	@Option(names = "--format", paramLabel = "markdown|html", defaultValue = "markdown",
			description = "The form of the page (default: ${DEFAULT-VALUE})")
	private Format format = Format.markdown;

	@Option(names = "--to", paramLabel = "FILE", description = "Write it there, not to standard output")
	private @Nullable String to;

	@Option(names = "--check", description = "Write nothing, but say whether the file of --to is up to date")
	private boolean check;

	@Option(names = "--force", description = "Write over a file that is not such a page")
	private boolean force;

	DocsCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		DataDictionary dictionary = (this.names.size() == 1 && ManifestFile.isOne(this.names.get(0)))
				? DataDictionary.of(ManifestFile.read(world(), this.names.get(0)))
				: DataDictionary.of(SpecFiles.specs(world(), this.names));
		String page = (this.format == Format.html) ? dictionary.toHtml() : dictionary.toMarkdown();
		if (this.to != null) {
			Path file = world().path(this.to);
			return this.check ? check(file, page) : write(file, page);
		}
		if (this.check) {
			throw new UserException("--check needs a page to look at", "name it with --to");
		}
		if (json()) {
			world().print(JsonDocument.write(dictionary.json()));
		}
		else {
			world().printDocument(page);
		}
		return DONE;
	}

	private int check(Path file, String page) {
		boolean same = page.equals(present(file));
		if (json()) {
			world().print(JsonDocument.write(Map.of("upToDate", same)));
		}
		else {
			world().print(same ? file + " is up to date"
					: file + " is not what the specs say; write it again without --check");
		}
		return same ? DONE : FOUND;
	}

	private int write(Path file, String page) {
		String present = present(file);
		if (present != null && !DataDictionary.isPage(present) && !this.force) {
			throw new UserException("'" + file + "' exists and was not written by this command",
					"use another name, or --force");
		}
		try {
			OutputFile.write(file, page, true);
		}
		catch (IOException ex) {
			throw OutputFile.unwritable(file, ex);
		}
		world().print(json() ? JsonDocument.write(Map.of("file", file.toString())) : "Wrote " + file);
		return DONE;
	}

	private static @Nullable String present(Path file) {
		try {
			if (!Files.exists(file)) {
				return null;
			}
			return (Files.size(file) > MAX_BYTES) ? "" : Files.readString(file);
		}
		catch (CharacterCodingException ex) {
			return "";
		}
		catch (IOException ex) {
			throw SpecFiles.unreadable(file.toString(), ex);
		}
	}

	/** The forms of a page, named as they are written. */
	enum Format {

		markdown, html

	}

}
