package dev.telemetry.spec.dictionary;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes one page of HTML that loads nothing. Its only script searches the page; that and
 * the style are the only ones a browser runs, since the page names their hashes. Without
 * scripts the page is whole, and has no search.
 */
final class HtmlWriter implements DocumentWriter {

	private static final String STYLE = """

			:root { color-scheme: light dark; --line: #767676; --faint: #f2f2f2; --link: #0b57d0 }
			@media (prefers-color-scheme: dark) { :root { --line: #8c8c8c; --faint: #262626; --link: #a8c7fa } }
			body { background: Canvas; color: CanvasText; font-family: sans-serif; line-height: 1.4;
				margin: 2rem auto; max-width: 70rem; overflow-wrap: anywhere; padding: 0 1rem }
			a { color: var(--link) }
			.scroll { margin: 1rem 0; overflow-x: auto }
			table { border-collapse: collapse }
			th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top }
			:target { background: var(--faint); outline: 2px solid var(--link) }
			.search { margin: 1rem 0 }
			.search input { font: inherit; max-width: 100%; padding: .3rem }
			""";

	/** Words of the page are compared with what is typed, and never become markup. */
	private static final String SCRIPT = """

			const box = document.getElementById('search');
			const found = document.getElementById('found');
			const events = [...document.querySelectorAll('section.event')];
			const rows = [...document.querySelectorAll('table.events tbody tr')];
			const texts = events.map((event) => event.textContent.toLowerCase());
			const search = () => {
				const words = box.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
				let count = 0;
				events.forEach((event, i) => {
					const shown = words.every((word) => texts[i].includes(word));
					event.hidden = !shown;
					rows[i].hidden = !shown;
					count += shown ? 1 : 0;
				});
				found.textContent = words.length === 0 ? '' : count + ' of ' + events.length + ' events';
			};
			box.addEventListener('input', search);
			window.addEventListener('hashchange', () => {
				box.value = '';
				search();
				document.querySelector(':target')?.scrollIntoView();
			});
			box.closest('p').hidden = false;
			search();
			""";

	private static final String HEAD = """
			<!DOCTYPE html>
			<!-- MARK: do not edit -->
			<html lang="en">
			<head>
			<meta charset="UTF-8">
			<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
			style-src 'STYLE-HASH'; script-src 'SCRIPT-HASH'; base-uri 'none'; form-action 'none'">
			<meta name="referrer" content="no-referrer">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<title>What is collected</title>
			<style>STYLE</style>
			</head>
			<body>
			<main>
			""".replace("MARK", MARK)
		.replace("STYLE-HASH", hash(STYLE))
		.replace("SCRIPT-HASH", hash(SCRIPT))
		.replace("STYLE", STYLE);

	private static final String SEARCH = """
			<p class="search" hidden><label>Search events and properties \
			<input id="search" type="search" autocomplete="off"></label> <span id="found" role="status"></span></p>
			""";

	private final StringBuilder text = new StringBuilder(HEAD);

	private final Set<String> ids = new HashSet<>();

	/** Of all events, in the order in which they come. */
	private final List<String> events = new ArrayList<>();

	private int begun;

	private boolean open;

	private static String hash(String inline) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(inline.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	@Override
	public void heading(int level, String text) {
		endEvent();
		element("h" + level, text).append('\n');
	}

	@Override
	public void paragraph(String text) {
		element("p", text).append('\n');
	}

	@Override
	public void table(List<String> header, List<List<String>> rows) {
		begin("", header);
		for (List<String> row : rows) {
			this.text.append("<tr>");
			row.forEach((cell) -> element("td", cell));
			this.text.append("</tr>\n");
		}
		endTable();
	}

	@Override
	public void summary(List<String> header, List<List<String>> rows) {
		this.text.append(SEARCH);
		begin(" class=\"events\"", header);
		for (List<String> row : rows) {
			String id = id("event-" + row.get(0));
			this.events.add(id);
			this.text.append("<tr><th scope=\"row\"><a href=\"#").append(id).append("\">");
			this.text.append(escape(row.get(0))).append("</a></th>");
			row.subList(1, row.size()).forEach((cell) -> element("td", cell));
			this.text.append("</tr>\n");
		}
		endTable();
	}

	@Override
	public void event(String name, String version) {
		endEvent();
		String id = this.events.get(this.begun++);
		this.text.append("<section class=\"event\">\n<h3 id=\"").append(id).append("\"><a href=\"#").append(id);
		this.text.append("\">").append(escape(name + " " + version)).append("</a></h3>\n");
		this.open = true;
	}

	@Override
	public void properties(List<String> header, List<List<String>> rows) {
		String event = this.events.get(this.begun - 1);
		begin("", header);
		for (List<String> row : rows) {
			String id = id(event + "-" + row.get(0));
			this.text.append("<tr id=\"").append(id).append("\"><th scope=\"row\"><a href=\"#").append(id);
			this.text.append("\">").append(escape(row.get(0))).append("</a></th>");
			row.subList(1, row.size()).forEach((cell) -> element("td", cell));
			this.text.append("</tr>\n");
		}
		endTable();
	}

	/** Never the same twice, and of letters that mean nothing in HTML or addresses. */
	private String id(String wanted) {
		String plain = wanted.replaceAll("[^A-Za-z0-9._-]", "-");
		String id = plain;
		for (int i = 2; !this.ids.add(id); i++) {
			id = plain + "-" + i;
		}
		return id;
	}

	private void begin(String attributes, List<String> header) {
		// Reached with the keyboard, because a narrow screen scrolls it
		this.text.append("<div class=\"scroll\" tabindex=\"0\">\n<table").append(attributes).append(">\n<thead><tr>");
		header.forEach((cell) -> element(cell.isEmpty() ? "td" : "th scope=\"col\"", cell));
		this.text.append("</tr></thead>\n<tbody>\n");
	}

	private void endTable() {
		this.text.append("</tbody>\n</table>\n</div>\n");
	}

	private void endEvent() {
		if (this.open) {
			this.text.append("</section>\n");
			this.open = false;
		}
	}

	private StringBuilder element(String tag, String text) {
		return this.text.append('<')
			.append(tag)
			.append('>')
			.append(escape(text))
			.append("</")
			.append(tag.split(" ", 2)[0])
			.append('>');
	}

	@Override
	public String end() {
		endEvent();
		return this.text.append("</main>\n<script>").append(SCRIPT).append("</script>\n</body>\n</html>\n").toString();
	}

	private static String escape(String text) {
		return DocumentWriter.visible(text)
			.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;")
			.replace("'", "&#39;");
	}

}
