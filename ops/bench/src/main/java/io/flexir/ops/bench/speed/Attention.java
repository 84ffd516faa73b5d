package io.flexir.ops.bench.speed;

import java.util.Locale;

/** How PyTorch computes attention. */
public enum Attention {
    /** Two products and a softmax. */
    PLAIN,
    /** Its fused operator. */
    SDPA;

    /** As requests and tables have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
