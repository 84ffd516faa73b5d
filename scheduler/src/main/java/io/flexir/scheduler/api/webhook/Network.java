package io.flexir.scheduler.api.webhook;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A part of the address space, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param first its first address
 * @param bits that all its addresses share
 */
public record Network(InetAddress first, int bits) {
    /**
     * @throws IllegalArgumentException when it is not an address, or an address, a slash and a
     *     number
     */
    public static Network of(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int all = first.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > all) {
                throw new IllegalArgumentException(text);
            }
            return new Network(first, bits);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a network such as 10.0.0.0/8 or fd00::/8");
        }
    }

    boolean holds(InetAddress address) {
        byte[] own = first.getAddress();
        byte[] other = address.getAddress();
        int whole = bits / Byte.SIZE;
        if (own.length != other.length || !Arrays.equals(own, 0, whole, other, 0, whole)) {
            return false;
        }
        int rest = Byte.SIZE - bits % Byte.SIZE;
        return rest == Byte.SIZE || (own[whole] & 0xff) >> rest == (other[whole] & 0xff) >> rest;
    }
}
