package io.flexir.scheduler.load;

import io.flexir.scheduler.budget.ServiceTime;

/**
 * What somebody who comes now has to expect.
 *
 * @param service how long one slot works on a job of the model
 * @param slots of ready workers
 * @param ahead what is to be done before
 */
public record Outlook(ServiceTime service, int slots, WorkAhead ahead) {}
