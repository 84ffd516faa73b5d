package io.flexir.scheduler.api.webhook;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be told of a job. Those of the public internet by https, and what is allowed
 * by name: a tenant must not reach by a webhook what only the scheduler can.
 *
 * @param allowed networks that may be told although they are not public, by http too
 */
public record AddressRules(List<Network> allowed) {
    /** Of the IANA registries of special addresses, what Java does not know by name, and relays. */
    private static final List<Network> SPECIAL =
            Stream.of(
                            "0.0.0.0/8",
                            "100.64.0.0/10",
                            "192.0.0.0/24",
                            "192.0.2.0/24",
                            "192.88.99.0/24",
                            "198.18.0.0/15",
                            "198.51.100.0/24",
                            "203.0.113.0/24",
                            "240.0.0.0/4",
                            "::/96",
                            "64:ff9b::/96",
                            "64:ff9b:1::/48",
                            "100::/64",
                            "2001::/23",
                            "2001:db8::/32",
                            "2002::/16",
                            "fc00::/7",
                            "fec0::/10")
                    .map(Network::of)
                    .toList();

    public AddressRules {
        allowed = List.copyOf(allowed);
    }

    /**
     * @param secure whether by https
     */
    boolean allows(InetAddress address, boolean secure) {
        return allowed.stream().anyMatch(network -> network.holds(address))
                || (secure && isPublic(address));
    }

    private static boolean isPublic(InetAddress address) {
        return !(address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || SPECIAL.stream().anyMatch(network -> network.holds(address)));
    }
}
