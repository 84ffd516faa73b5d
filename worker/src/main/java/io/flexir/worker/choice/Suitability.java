package io.flexir.worker.choice;

import io.flexir.contracts.work.GrantedModel;
import io.flexir.contracts.work.ModelChoice;

/** What came of looking for a model. */
public sealed interface Suitability {
    /** This one. */
    record Suits(GrantedModel model, ModelChoice.Reason reason) implements Suitability {}

    /** Each of them would rather harm the image. */
    record NoneSuits() implements Suitability {}
}
