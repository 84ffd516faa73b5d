package io.flexir.ops.bench.simulate;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.QualityCurve;

/**
 * A job of a simulation.
 *
 * @param arrival seconds since the start
 * @param deadline seconds since the start
 * @param model its name
 * @param pixels of the image that is fed
 * @param slowness how much longer it takes than predicted: 1 is as predicted
 */
public record SimulatedJob(
        int number,
        double arrival,
        double deadline,
        PriorityClass priority,
        String model,
        QualityCurve curve,
        double pixels,
        double slowness) {
    /** The same job at another time, with as much time to its deadline. */
    SimulatedJob at(double seconds) {
        return new SimulatedJob(
                number,
                seconds,
                deadline + seconds - arrival,
                priority,
                model,
                curve,
                pixels,
                slowness);
    }

    /** The same job, which takes so much longer than predicted. */
    public SimulatedJob slower(double times) {
        return new SimulatedJob(number, arrival, deadline, priority, model, curve, pixels, times);
    }

    /** As policies see it. */
    public JobFacts facts() {
        return new JobFacts(new Depth.Automatic(), 1, curve, pixels, deadline);
    }
}
