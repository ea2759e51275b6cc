package dev.telemetry.spec;

import dev.telemetry.spec.SamplingCondition.Comparison;
import dev.telemetry.spec.SamplingCondition.Not;
import dev.telemetry.spec.SamplingCondition.Operator;
import dev.telemetry.spec.SamplingCondition.Pair;
import dev.telemetry.spec.SamplingCondition.Term;
import org.jspecify.annotations.Nullable;

/**
 * Reads a condition by recursive descent. Length and depth are bounded, so that no text
 * costs more than its length.
 */
final class SamplingConditionParser {

	private static final int MAX_LENGTH = 256;

	private static final int MAX_DEPTH = 16;

	private final String text;

	private int position;

	private int depth;

	SamplingConditionParser(String text) {
		this.text = text;
	}

	Term parse() {
		if (this.text.length() > MAX_LENGTH) {
			throw new IllegalArgumentException("a condition must have at most " + MAX_LENGTH + " characters");
		}
		Term term = alternatives();
		skipBlanks();
		if (this.position < this.text.length()) {
			throw expected("'and', 'or' or the end");
		}
		return term;
	}

	private Term alternatives() {
		if (++this.depth > MAX_DEPTH) {
			throw expected("fewer parentheses");
		}
		Term term = conjunction();
		while (acceptWord("or")) {
			term = new Pair(term, conjunction(), false);
		}
		this.depth--;
		return term;
	}

	private Term conjunction() {
		Term term = negation();
		while (acceptWord("and")) {
			term = new Pair(term, negation(), true);
		}
		return term;
	}

	private Term negation() {
		boolean negated = false;
		while (acceptWord("not")) {
			negated = !negated;
		}
		Term term = accept("(") ? parenthesis() : comparison();
		return negated ? new Not(term) : term;
	}

	private Term parenthesis() {
		Term term = alternatives();
		expect(")");
		return term;
	}

	private Term comparison() {
		String property = property();
		if (acceptWord("in")) {
			return oneOf(property);
		}
		for (Operator operator : Operator.values()) {
			if (accept(operator.sign())) {
				return compared(property, operator);
			}
		}
		return new Comparison(property, Operator.EQUAL, true);
	}

	private Term compared(String property, Operator operator) {
		skipBlanks();
		int begin = this.position;
		Object literal = literal();
		if (operator.isOrder() && !(literal instanceof Double)) {
			this.position = begin;
			throw expected("a number");
		}
		return new Comparison(property, operator, literal);
	}

	private Term oneOf(String property) {
		expect("[");
		Term term = new Comparison(property, Operator.EQUAL, literal());
		while (accept(",")) {
			term = new Pair(term, new Comparison(property, Operator.EQUAL, literal()), false);
		}
		expect("]");
		return term;
	}

	private String property() {
		String word = word();
		if (word.isEmpty() || "and".equals(word) || "or".equals(word) || "in".equals(word)) {
			this.position -= word.length();
			throw expected("the name of a property");
		}
		return word;
	}

	private Object literal() {
		skipBlanks();
		char first = (this.position < this.text.length()) ? this.text.charAt(this.position) : ' ';
		if (first == '\'' || first == '"') {
			return quoted(first);
		}
		int begin = this.position;
		while (this.position < this.text.length() && isPartOfLiteral(this.text.charAt(this.position))) {
			this.position++;
		}
		String word = this.text.substring(begin, this.position);
		if (word.equals("true") || word.equals("false")) {
			return Boolean.valueOf(word);
		}
		Double number = number(word);
		if (number == null) {
			this.position = begin;
			throw expected("a number, true, false or a text in quotes");
		}
		return number;
	}

	private static @Nullable Double number(String word) {
		if (word.isEmpty() || Character.isLetter(word.charAt(0))
				|| Character.isLetter(word.charAt(word.length() - 1))) {
			return null;
		}
		try {
			double number = Double.parseDouble(word);
			return Double.isFinite(number) ? number + 0.0 : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private String quoted(char quote) {
		int end = this.text.indexOf(quote, this.position + 1);
		if (end < 0) {
			throw expected("a text that ends in " + quote);
		}
		String literal = this.text.substring(this.position + 1, end);
		this.position = end + 1;
		return literal;
	}

	private boolean acceptWord(String expected) {
		int begin = this.position;
		if (word().equals(expected)) {
			return true;
		}
		this.position = begin;
		return false;
	}

	private String word() {
		skipBlanks();
		int begin = this.position;
		while (this.position < this.text.length() && isPartOfName(this.text.charAt(this.position))) {
			this.position++;
		}
		return this.text.substring(begin, this.position);
	}

	private boolean accept(String sign) {
		skipBlanks();
		if (this.text.startsWith(sign, this.position)) {
			this.position += sign.length();
			return true;
		}
		return false;
	}

	private void expect(String sign) {
		if (!accept(sign)) {
			throw expected("'" + sign + "'");
		}
	}

	private void skipBlanks() {
		while (this.position < this.text.length() && this.text.charAt(this.position) == ' ') {
			this.position++;
		}
	}

	private static boolean isPartOfName(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
	}

	private static boolean isPartOfLiteral(char c) {
		return isPartOfName(c) || c == '-' || c == '+';
	}

	private IllegalArgumentException expected(String what) {
		return new IllegalArgumentException("the condition '" + SpecFormatter.shown(this.text) + "' must have " + what
				+ " at character " + (this.position + 1));
	}

}
