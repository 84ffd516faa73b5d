package io.flexir.scheduler.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.List;

class AddressRulesTest {
    private static final AddressRules PUBLIC = new AddressRules(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.8",
                "192.0.2.1",
                "198.18.3.4",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "2001:db8::1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001:0:1::",
                "::127.0.0.1"
            })
    void what_is_not_public_is_not_told(String address) {
        assertThat(PUBLIC.allows(InetAddress.ofLiteral(address), true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1", "93.184.215.14", "172.15.255.255", "172.32.0.1", "100.63.255.255",
                "100.128.0.1", "198.17.255.255", "198.20.0.1", "2606:4700::1111", "2a00:1450::1"
            })
    void what_is_public_is_told_by_https_alone(String address) {
        assertThat(PUBLIC.allows(InetAddress.ofLiteral(address), true)).isTrue();
        assertThat(PUBLIC.allows(InetAddress.ofLiteral(address), false)).isFalse();
    }

    @Test
    void what_is_allowed_by_name_is_told_in_any_way() {
        AddressRules rules =
                new AddressRules(List.of(Network.of("10.1.0.0/20"), Network.of("fd00:1::/32")));

        for (boolean secure : new boolean[] {true, false}) {
            assertThat(rules.allows(InetAddress.ofLiteral("10.1.15.255"), secure)).isTrue();
            assertThat(rules.allows(InetAddress.ofLiteral("10.1.16.0"), secure)).isFalse();
            assertThat(rules.allows(InetAddress.ofLiteral("fd00:1:ffff::1"), secure)).isTrue();
            assertThat(rules.allows(InetAddress.ofLiteral("fd00:2::1"), secure)).isFalse();
        }
        assertThat(rules.allows(InetAddress.ofLiteral("127.0.0.1"), true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "10/8x", "localhost/8", "::/129"})
    void what_is_no_network_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Network.of(text));
    }
}
