// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

/** How Lustre writes a NID: {@code address@network}; a network without a name is {@code <type:number>}, its address hexadecimal. */
final class NidText {
    static final String ANY = "<?>";

    private NidText() {}

    static String of(int type, int number, int[] address) {
        StringBuilder text = new StringBuilder(48);
        NetworkDriver driver = NetworkDriver.of(type);
        if (driver == null) {
            return hexWords(text, address)
                    .append("@<")
                    .append(type)
                    .append(':')
                    .append(number)
                    .append('>')
                    .toString();
        }
        if (driver.form() == NetworkDriver.AddressForm.NUMBER) {
            text.append(Integer.toUnsignedString(address[0]));
        } else if (address.length == 1) {
            ipv4(text, address[0]);
        } else if (address.length == 4) {
            Ipv6Text.write(text, address);
        } else {
            hexWords(text, address);
        }
        text.append('@').append(driver.text());
        return number == 0 ? text.toString() : text.append(number).toString();
    }

    static Nid parse(String text) {
        if (text.equals(ANY)) {
            return Nid.any();
        }
        Nid nid = parseLoosely(text);
        // What prints differently was no NID that Lustre printed: 010.0.0.1@tcp, fd77:0:0:0:0:0:0:2@tcp, 1@lo0.
        if (nid == null || !nid.toString().equals(text)) {
            throw new IllegalArgumentException("no NID: '" + text + "'");
        }
        return nid;
    }

    private static Nid parseLoosely(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return null;
        }
        String address = text.substring(0, at);
        String network = text.substring(at + 1);
        try {
            if (network.startsWith("<") && network.endsWith(">")) {
                int colon = network.indexOf(':');
                int type = Integer.parseInt(network, 1, colon, 10);
                int number = Integer.parseInt(network, colon + 1, network.length() - 1, 10);
                return Nid.of(type, number, hexWords(address));
            }
            NetworkDriver driver = NetworkDriver.named(network);
            if (driver == null) {
                return null;
            }
            String digits = network.substring(driver.text().length());
            int number = digits.isEmpty() ? 0 : Integer.parseInt(digits);
            return Nid.of(driver.number(), number, address(driver, address));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static int[] address(NetworkDriver driver, String text) {
        if (driver.form() == NetworkDriver.AddressForm.NUMBER) {
            return new int[] {Integer.parseUnsignedInt(text)};
        }
        if (text.indexOf(':') < 0) {
            return new int[] {parseIpv4(text)};
        }
        int[] ipv6 = Ipv6Text.parse(text);
        return ipv6 != null ? ipv6 : hexWords(text);
    }

    static void ipv4(StringBuilder text, int address) {
        text.append(address >>> 24)
                .append('.')
                .append(address >>> 16 & 0xff)
                .append('.')
                .append(address >>> 8 & 0xff)
                .append('.')
                .append(address & 0xff);
    }

    static int parseIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException(text);
        }
        int address = 0;
        for (String part : parts) {
            int octet = Integer.parseInt(part);
            if (octet < 0 || octet > 255) {
                throw new IllegalArgumentException(text);
            }
            address = address << 8 | octet;
        }
        return address;
    }

    private static StringBuilder hexWords(StringBuilder text, int[] address) {
        for (int i = 0; i < address.length; i++) {
            text.append(i == 0 ? "" : ":").append(Integer.toHexString(address[i]));
        }
        return text;
    }

    private static int[] hexWords(String text) {
        String[] words = text.split(":", -1);
        int[] address = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            address[i] = Integer.parseUnsignedInt(words[i], 16);
        }
        return address;
    }
}
