package io.flexir.worker.restore.exit;

/**
 * Decides at an exit point whether a region's output is good enough. Pure; safe for use by several
 * threads.
 */
public sealed interface ExitRule permits SharpnessRule {
    /** Judges the output that a region would have if it stopped here. */
    Verdict judge(Luma output);

    /**
     * What a rule says.
     *
     * @param exit whether the region stops here
     * @param score what the rule measured; goes into the receipt
     */
    record Verdict(boolean exit, double score) {}
}
