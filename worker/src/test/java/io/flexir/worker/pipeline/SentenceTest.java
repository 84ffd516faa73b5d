package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.check.Require;

import org.junit.jupiter.api.Test;

class SentenceTest {
    @Test
    void whatever_a_text_from_outside_holds_a_message_can_hold_what_becomes_of_it() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0x200; c++) {
            all.append('a').append(c);
        }

        String sentence = Sentence.of(all.toString());

        assertThat(Require.text("detail", sentence, 1000)).isEqualTo(sentence);
        assertThat(Sentence.of("the\u0085 \nlast\u009f")).isEqualTo("the   last");
        assertThat(Sentence.of("\u0080")).isEqualTo("no detail");
    }
}
