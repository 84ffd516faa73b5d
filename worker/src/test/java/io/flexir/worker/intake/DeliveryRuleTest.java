package io.flexir.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryRuleTest {
    @ParameterizedTest
    @CsvSource({"1, BESIDE_OTHERS", "2, ALONE", "3, ALONE", "4, POISON", "10, POISON"})
    void decides_by_the_number_of_deliveries(int deliveries, DeliveryRule expected) {
        assertThat(DeliveryRule.of(deliveries)).isEqualTo(expected);
    }
}
