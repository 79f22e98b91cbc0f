// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.ArrayList;
import java.util.List;

/** IPv6 addresses as inet_ntop(3) writes them: RFC 5952, and dotted where an IPv4 address is mapped or compatible. */
final class Ipv6Text {
    private Ipv6Text() {}

    static void write(StringBuilder text, int[] address) {
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = i % 2 == 0 ? address[i / 2] >>> 16 : address[i / 2] & 0xffff;
        }
        int from = 0;
        int length = 0;
        for (int i = 0; i < groups.length; i++) {
            int run = 0;
            while (i + run < groups.length && groups[i + run] == 0) {
                run++;
            }
            if (run > length) {
                from = i;
                length = run;
            }
        }
        if (length < 2) {
            length = 0;
        }
        boolean dotted = from == 0 && (length == 6 || length == 5 && groups[5] == 0xffff);
        int end = dotted ? 6 : 8;
        for (int i = 0; i < end; i++) {
            if (length > 0 && i == from) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(i > 0 && !(length > 0 && i == from + length) ? ":" : "")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        if (dotted) {
            NidText.ipv4(text.append(length == 5 ? ":" : ""), address[3]);
        }
    }

    /** Four words, or null if the text is no IPv6 address. */
    static int[] parse(String text) {
        int gap = text.indexOf("::");
        List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap));
        List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
        if (head == null || tail == null) {
            return null;
        }
        int count = head.size() + tail.size();
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        int[] address = new int[4];
        for (int i = 0; i < head.size(); i++) {
            put(address, i, head.get(i));
        }
        for (int i = 0; i < tail.size(); i++) {
            put(address, 8 - tail.size() + i, tail.get(i));
        }
        return address;
    }

    private static void put(int[] address, int group, int value) {
        address[group / 2] |= group % 2 == 0 ? value << 16 : value;
    }

    private static List<Integer> groups(String text) {
        List<Integer> groups = new ArrayList<>(8);
        if (text.isEmpty()) {
            return groups;
        }
        for (String part : text.split(":", -1)) {
            try {
                if (part.indexOf('.') >= 0) {
                    int address = NidText.parseIpv4(part);
                    groups.add(address >>> 16);
                    groups.add(address & 0xffff);
                } else {
                    int group = Integer.parseUnsignedInt(part, 16);
                    if (group < 0 || group > 0xffff) {
                        return null;
                    }
                    groups.add(group);
                }
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return groups;
    }
}
