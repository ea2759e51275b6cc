package dev.telemetry.pipeline.reference;

/**
 * Finds addresses that consist of hexadecimal groups: IPv6 (RFC 4291, section 2.2) with a
 * zone or an IPv4 address at its end, MAC and EUI-64 with colons, dashes or underscores,
 * or with dots as Cisco writes them. Times, C++ and Ruby names are written with colons
 * too, and stay: six pairs of digits that can be a date and a time are one, and
 * {@code a::b} has no digit.
 */
final class HexGroups {

	private static final int IPV6_GROUPS = 8;

	private static final int MAC_GROUPS = 6;

	private static final int EUI64_GROUPS = 8;

	private static final int MOST_GROUPS = 40;

	private static final int LONGEST_ZONE = 16;

	private final ScannedText text;

	private final Findings found;

	// Where the groups of the run that is looked at begin and end
	private final int[] starts = new int[MOST_GROUPS];

	private final int[] ends = new int[MOST_GROUPS];

	private int count;

	private HexGroups(CharSequence text, Findings found) {
		this.text = new ScannedText(text);
		this.found = found;
	}

	static void find(CharSequence text, Findings found) {
		HexGroups groups = new HexGroups(text, found);
		groups.find(':');
		groups.find('-');
		groups.find('_');
		groups.find('.');
	}

	private void find(char separator) {
		int i = 0;
		while (i < this.text.length()) {
			int end = this.text.endOfRun(i, (c) -> Ascii.isAlphanumeric(c) || c == separator);
			if (end - i >= 3 && split(i, end, separator)) {
				inspect(separator, end);
			}
			i = end + 1;
		}
	}

	/**
	 * Take a run apart; groups at its ends that are no part of an address are left out.
	 */
	private boolean split(int start, int end, char separator) {
		this.count = 0;
		int group = start;
		for (int i = start; i <= end; i++) {
			if (i == end || this.text.is(i, separator)) {
				if (this.count == MOST_GROUPS) {
					return false;
				}
				this.starts[this.count] = group;
				this.ends[this.count++] = i;
				group = i + 1;
			}
		}
		return this.count > 2;
	}

	private void inspect(char separator, int end) {
		int first = 0;
		while (first < this.count && !isHex(first)) {
			first++;
		}
		int last = this.count;
		while (last > first && !isHex(last - 1)) {
			last--;
		}
		if ((first > 0 && isLongHex(first - 1)) || (last < this.count && isLongHex(last))) {
			return;
		}
		switch (separator) {
			case ':' -> colons(first, last, end);
			case '.' -> add((isCisco(first, last) || isPairs(first, last)) && hasDigit(first, last), first, last);
			default -> add(
					isHuawei(first, last)
							|| (isMac(first, last) && (hasLetter(first, last) || isDashed(separator, first, last))),
					first, last);
		}
	}

	private void add(boolean address, int first, int last) {
		if (address) {
			this.found.add(this.starts[first], this.ends[last - 1]);
		}
	}

	private static boolean isDashed(char separator, int first, int last) {
		return separator == '-' && last - first == MAC_GROUPS;
	}

	private void colons(int first, int last, int end) {
		if (isMac(first, last) || isHuawei(first, last)) {
			add(true, first, last);
			return;
		}
		// One colon behind an address is punctuation, and so is one in front of it
		int from = (isEmpty(first) && !isEmpty(first + 1)) ? first + 1 : first;
		int to = (isEmpty(last - 1) && !isEmpty(last - 2)) ? last - 1 : last;
		int after = (to > from && this.ends[to - 1] == end) ? endOfAddress(end) : -1;
		if (to > from && isIpv6(from, to, after > end && isIpv4(to - 1, after))) {
			this.found.add(this.starts[from], (after > 0) ? after : this.ends[to - 1]);
		}
	}

	private boolean isIpv4(int lastGroup, int end) {
		int dotted = this.text.endOfRun(this.starts[lastGroup], 15, (c) -> Ascii.isDigit(c) || c == '.');
		return dotted <= end && NetworkAddresses.isIpv4(this.text, this.starts[lastGroup], dotted);
	}

	/** Behind an IPv4 address or a port, and a zone. */
	private int endOfAddress(int end) {
		int dotted = end;
		for (int i = 0; i < 3 && this.text.is(dotted, '.') && Ascii.isDigit(this.text.at(dotted + 1)); i++) {
			dotted = this.text.endOfRun(dotted + 1, 3, Ascii::isDigit);
		}
		int zone = this.text.endOfRun(dotted + 1, LONGEST_ZONE,
				(c) -> Ascii.isAlphanumeric(c) || c == '_' || c == '.' || c == '-');
		return (this.text.is(dotted, '%') && zone > dotted + 1) ? zone : dotted;
	}

	private boolean isHex(int group) {
		return this.ends[group] - this.starts[group] <= 4
				&& this.text.endOfRun(this.starts[group], 5, Ascii::isHex) == this.ends[group];
	}

	/** Then what is next to it belongs to something longer. */
	private boolean isLongHex(int group) {
		return this.text.endOfRun(this.starts[group], Ascii::isHex) == this.ends[group];
	}

	private boolean isEmpty(int group) {
		return group >= 0 && group < this.count && this.starts[group] == this.ends[group];
	}

	private int length(int group) {
		return this.ends[group] - this.starts[group];
	}

	private boolean isMac(int first, int last) {
		int groups = last - first;
		if (groups != MAC_GROUPS && groups != EUI64_GROUPS) {
			return false;
		}
		boolean pairs = true;
		for (int i = first; i < last; i++) {
			if (length(i) == 0 || length(i) > 2 || !isHex(i)) {
				return false;
			}
			pairs &= length(i) == 2;
		}
		return (pairs || hasLetter(first, last)) && !isDateAndTime(first, last) && !isNothing(first, last);
	}

	/** Only zeros. */
	private boolean isNothing(int first, int last) {
		return this.text.endOfRun(this.starts[first],
				(c) -> !Ascii.isAlphanumeric(c) || c == '0') >= this.ends[last - 1];
	}

	/** Year, month, day, hour, minute, second. */
	private boolean isDateAndTime(int first, int last) {
		if (last - first != MAC_GROUPS || hasLetter(first, last)) {
			return false;
		}
		return between(first + 1, 1, 12) && between(first + 2, 1, 31) && between(first + 3, 0, 23)
				&& between(first + 4, 0, 59) && between(first + 5, 0, 59);
	}

	private boolean between(int group, int least, int most) {
		int value = 0;
		for (int i = this.starts[group]; i < this.ends[group]; i++) {
			value = value * 10 + (this.text.at(i) - '0');
		}
		return value >= least && value <= most;
	}

	/** {@code 00e0-fc12-3456}; the first identifier of makers begins with two zeros. */
	private boolean isHuawei(int first, int last) {
		return isThreeOfFour(first, last) && this.text.startsWith(this.starts[first], "00");
	}

	/** {@code 00.11.22.33.44.55}. */
	private boolean isPairs(int first, int last) {
		boolean pairs = last - first == MAC_GROUPS && isMac(first, last);
		for (int i = first; pairs && i < last; i++) {
			pairs = length(i) == 2;
		}
		return pairs;
	}

	/** {@code 001a.2b3c.4d5e}, and neither a date nor a number. */
	private boolean isCisco(int first, int last) {
		return isThreeOfFour(first, last) && (hasLetter(first, last) || this.text.is(this.starts[first], '0'));
	}

	private boolean isThreeOfFour(int first, int last) {
		return last - first == 3 && length(first) == 4 && length(first + 1) == 4 && length(first + 2) == 4
				&& isHex(first) && isHex(first + 1) && isHex(first + 2);
	}

	private boolean hasLetter(int first, int last) {
		for (int i = this.starts[first]; i < this.ends[last - 1]; i++) {
			if (Ascii.isLetter(this.text.at(i))) {
				return true;
			}
		}
		return false;
	}

	private boolean hasDigit(int first, int last) {
		for (int i = this.starts[first]; i < this.ends[last - 1]; i++) {
			if (Ascii.isDigit(this.text.at(i))) {
				return true;
			}
		}
		return false;
	}

	private boolean isIpv6(int first, int last, boolean ipv4) {
		int groups = ipv4 ? 1 : 0;
		int empty = 0;
		for (int i = first; i < last; i++) {
			if (!isHex(i)) {
				return false;
			}
			groups += isEmpty(i) ? 0 : 1;
			empty += isEmpty(i) ? 1 : 0;
		}
		int outer = (isEmpty(first) ? 1 : 0) + (isEmpty(last - 1) ? 1 : 0);
		boolean gap = empty == 1 + outer && empty > 0 && (outer < 2 || groups == 0);
		boolean complete = gap ? groups > 0 && groups < IPV6_GROUPS : empty == 0 && groups == IPV6_GROUPS;
		return complete && hasDigit(first, last) && (!gap || isNoQualifiedName(first, last));
	}

	/**
	 * {@code abc1::def2} could be a name in a namespace, unless it begins like an address
	 * of a known range; a name does not begin with a digit.
	 */
	private boolean isNoQualifiedName(int first, int last) {
		int groups = 0;
		for (int i = first; i < last; i++) {
			groups += isEmpty(i) ? 0 : 1;
		}
		if (groups > 2 || isEmpty(last - 1) || Ascii.isDigit(this.text.at(this.starts[last - 1]))) {
			return true;
		}
		return (!isEmpty(first) && (Ascii.isDigit(this.text.at(this.starts[first])) || isSpecialRange(first)))
				|| (groups == 2 && isEmpty(first));
	}

	/** Link-local, unique local and multicast addresses begin with a letter. */
	private boolean isSpecialRange(int group) {
		return length(group) == 4 && (this.text.startsWith(this.starts[group], "fe")
				|| this.text.startsWith(this.starts[group], "fc") || this.text.startsWith(this.starts[group], "fd")
				|| this.text.startsWith(this.starts[group], "ff"));
	}

}
