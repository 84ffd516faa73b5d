package io.flexir.worker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a process that restores images stop in order when it is told to (SIGTERM, SIGINT).
 *
 * <p>A shutdown hook cannot do that: hooks run side by side, and ONNX Runtime's own one frees the
 * native library that a graph may be running in, which ends the process with SIGSEGV. So the signal
 * itself is taken, and the JVM's shutdown begins when nothing runs any more. {@code
 * sun.misc.Signal} is exported to everybody (module {@code jdk.unsupported}) but warned about by
 * the compiler, hence by reflection, as Kafka's broker does it.
 */
public final class TerminationSignals {
    private static final Logger LOG = LoggerFactory.getLogger(TerminationSignals.class);
    private static final List<String> NAMES = List.of("TERM", "INT");
    private static final int KILLED = 130;

    private TerminationSignals() {}

    /**
     * Runs {@code stop} at the first signal and then exits with 0; a second signal ends the process
     * at once.
     */
    public static void stopInOrder(Runnable stop) {
        AtomicBoolean stopping = new AtomicBoolean();
        Runnable onSignal =
                () -> {
                    if (stopping.compareAndSet(false, true)) {
                        Thread.ofPlatform().name("stop").start(() -> stopAndExit(stop));
                    } else {
                        Runtime.getRuntime().halt(KILLED);
                    }
                };
        try {
            for (String name : NAMES) {
                handle(name, onSignal);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException unsupported) {
            LOG.warn("signals are not handled problem={}", unsupported.toString());
        }
    }

    private static void stopAndExit(Runnable stop) {
        try {
            stop.run();
        } catch (RuntimeException problem) {
            LOG.error("process did not stop in order", problem);
        }
        System.exit(0);
    }

    private static void handle(String name, Runnable onSignal) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler run =
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(onSignal, arguments);
                    }
                    onSignal.run();
                    return null;
                };
        Object handles =
                Proxy.newProxyInstance(
                        TerminationSignals.class.getClassLoader(), new Class<?>[] {handler}, run);
        Object numbered = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, numbered, handles);
    }
}
