package io.flexir.ops.bench.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.ops.bench.engine.Cost;
import io.flexir.ops.bench.quality.measure.Quality;
import io.flexir.ops.bench.quality.report.EvaluationTable;

import org.junit.jupiter.api.Test;

import java.util.List;

class FixedLineTest {

    private static final Row SHALLOW = row("a", new Candidate.Pointer(1), 2, 30);
    private static final Row MIDDLE = row("a", new Candidate.Pointer(2), 4, 31);
    private static final Row DEEP = row("a", new Candidate.Pointer(3), 8, 31.4);
    private static final Row ELSEWHERE = row("b", new Candidate.Pointer(2), 3, 90);
    private static final List<Row> FIXED = List.of(DEEP, ELSEWHERE, SHALLOW, MIDDLE);

    @Test
    void it_is_linear_between_pointers_of_the_same_set() {
        FixedLine line = FixedLine.beside(adaptive(3, 30.6), FIXED);

        assertThat(line.at(3)).hasValueCloseTo(30.5, within(1e-9));
        assertThat(line.at(4)).hasValue(31);
        assertThat(line.at(7)).hasValueCloseTo(31.3, within(1e-9));
        assertThat(line.at(1.9)).isEmpty();
        assertThat(line.at(8.1)).isEmpty();
    }

    @Test
    void an_adaptive_row_gains_what_it_has_above_the_line() {
        Row above = adaptive(3, 30.6);
        Row below = adaptive(6, 31.1);

        assertThat(FixedLine.beside(above, FIXED).gain(above)).hasValueCloseTo(0.1, within(1e-9));
        assertThat(FixedLine.beside(below, FIXED).gain(below)).hasValueCloseTo(-0.1, within(1e-9));
        assertThat(FixedLine.beside(MIDDLE, FIXED).gain(MIDDLE)).isEmpty();
    }

    @Test
    void the_table_shows_it_where_something_is_adaptive() {
        List<String> lines = EvaluationTable.lines(List.of(SHALLOW, MIDDLE, adaptive(3, 30.6)));

        assertThat(lines.getFirst()).endsWith("over line");
        assertThat(lines.get(2)).endsWith("-");
        assertThat(lines.getLast()).endsWith("+0.100");
        assertThat(EvaluationTable.lines(FIXED).getFirst()).doesNotContain("over line");
    }

    private static Row adaptive(double gigaMacs, double psnr) {
        return row("a", new Candidate.Threshold(AdaptiveRule.PAYOFF, 1), gigaMacs, psnr);
    }

    private static Row row(String set, Candidate candidate, double gigaMacs, double psnr) {
        return new Row(
                set,
                "sigma 25",
                candidate,
                1,
                1,
                new Quality(psnr, 0.9, null),
                new Cost(gigaMacs, 1, 2));
    }
}
