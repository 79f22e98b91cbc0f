// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

/** The Lustre network drivers (LNDs) that have a name, and how they write an address. Numbers are part of the wire format. */
enum NetworkDriver {
    TCP(2, "tcp", AddressForm.IP),
    O2IB(5, "o2ib", AddressForm.IP),
    LO(9, "lo", AddressForm.NUMBER),
    GNI(13, "gni", AddressForm.NUMBER),
    GNI_IP(14, "gip", AddressForm.IP),
    PORTALS4(15, "ptlf", AddressForm.NUMBER),
    KFI(16, "kfi", AddressForm.NUMBER),
    EFA(18, "efa", AddressForm.IP);

    enum AddressForm {
        IP,
        NUMBER
    }

    private static final NetworkDriver[] BY_NUMBER = new NetworkDriver[256];

    static {
        for (NetworkDriver driver : values()) {
            BY_NUMBER[driver.number] = driver;
        }
    }

    private final int number;
    private final String text;
    private final AddressForm form;

    NetworkDriver(int number, String text, AddressForm form) {
        this.number = number;
        this.text = text;
        this.form = form;
    }

    /** Null for a number without a name. */
    static NetworkDriver of(int number) {
        return BY_NUMBER[number & 0xff];
    }

    /** The driver whose name is {@code network} without the digits at its end; null if there is none. */
    static NetworkDriver named(String network) {
        NetworkDriver longest = null;
        for (NetworkDriver driver : values()) {
            if (network.startsWith(driver.text) && (longest == null || driver.text.length() > longest.text.length())) {
                longest = driver;
            }
        }
        return longest;
    }

    int number() {
        return number;
    }

    String text() {
        return text;
    }

    AddressForm form() {
        return form;
    }
}
