package dev.telemetry.spec.dictionary;

import java.util.List;
import java.util.Locale;

/** Writes one page of HTML that loads nothing and runs nothing. */
final class HtmlWriter implements DocumentWriter {

	private static final String HEAD = String.format(Locale.ROOT, """
			<!DOCTYPE html>
			<!-- %s: do not edit -->
			<html lang="en">
			<head>
			<meta charset="UTF-8">
			<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
			<meta name="viewport" content="width=device-width">
			<title>What is collected</title>
			<style>
			body { font-family: sans-serif; line-height: 1.4; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
			table { border-collapse: collapse; margin: 1rem 0 }
			th, td { border: 1px solid #767676; padding: .3rem .6rem; text-align: left; vertical-align: top }
			</style>
			</head>
			<body>
			""", MARK);

	private final StringBuilder text = new StringBuilder(HEAD);

	@Override
	public void heading(int level, String text) {
		element("h" + level, text).append('\n');
	}

	@Override
	public void paragraph(String text) {
		element("p", text).append('\n');
	}

	@Override
	public void table(List<String> header, List<List<String>> rows) {
		this.text.append("<table>\n<thead><tr>");
		header.forEach((cell) -> element("th scope=\"col\"", cell));
		this.text.append("</tr></thead>\n<tbody>\n");
		for (List<String> row : rows) {
			this.text.append("<tr>");
			row.forEach((cell) -> element("td", cell));
			this.text.append("</tr>\n");
		}
		this.text.append("</tbody>\n</table>\n");
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
		return this.text.append("</body>\n</html>\n").toString();
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
