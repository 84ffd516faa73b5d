package io.flexir.ops.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class StartsTest {
    private final Starts starts =
            new Starts(
                    "denoise",
                    List.of(new Start(1.5, 200), new Start(2.5, 220), new Start(1.25, 210)));

    @Test
    void tells_medians_and_the_range() {
        assertThat(starts.line())
                .isEqualTo(
                        "a worker with denoise is subscribed and ready 1.50 s after exec (1.25 to 2.50),"
                                + " with 210 MB resident; medians of 3 starts");
    }

    @Test
    void scripts_get_medians_and_every_start() {
        assertThat(starts.json())
                .isEqualTo(
                        "{\"bundle\":\"denoise\",\"medianSeconds\":1.5,\"medianResidentMegabytes\":210.0,\"starts\":["
                                + "{\"seconds\":1.5,\"residentMegabytes\":200.0},"
                                + "{\"seconds\":2.5,\"residentMegabytes\":220.0},"
                                + "{\"seconds\":1.25,\"residentMegabytes\":210.0}]}");
    }
}
