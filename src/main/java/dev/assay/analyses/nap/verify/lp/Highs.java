package dev.assay.analyses.nap.verify.lp;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Solves linear and mixed-integer programs with HiGHS. The library is loaded with the first program.
 */
final class Highs {

    private static final int LOOK_MILLIS = 20;
    private static final int ROW_WISE = 2;
    private static final int MINIMISE = 1;
    private static final int ERROR = -1;

    private static final int INFEASIBLE = 8;
    private static final int OPTIMAL = 7;
    private static final int TIME_LIMIT = 13;
    private static final int ITERATION_LIMIT = 14;
    private static final int INTERRUPTED = 17;

    /** The events at which HiGHS can be interrupted: in the simplex, the interior point and the branching. */
    private static final int[] INTERRUPTS = {1, 2, 6};

    private static final int FEASIBLE_POINT = 2;

    private static final class Loaded {
        static final HighsLibrary LIBRARY = new HighsLibrary();
    }

    /** How it ended. */
    enum Status {
        OPTIMAL,
        INFEASIBLE,
        STOPPED,
        FAILED
    }

    /**
     * What it found.
     *
     * @param value the point's cost; NaN without a point
     * @param bound proved lower bound of the cost, -infinity when there is none
     * @param columns the point, or null
     * @param reducedCosts per column, of a linear program at its optimum
     * @param duals per row, of a linear program at its optimum: what the cost grows by as the row's end does
     */
    record Solution(Status status, double value, double bound, double[] columns, double[] reducedCosts,
            double[] duals) {}

    private Highs() {}

    /**
     * Minimises, on a thread of its own, so that the caller can go away at any moment.
     *
     * @param millis most time
     * @param check called some fifty times a second meanwhile, on the calling thread; what it throws ends the work and is
     *     thrown on at once. HiGHS then stops at its next look, at most some seconds later, and takes its memory along
     */
    static Solution solve(LinearModel model, long millis, Runnable check) {
        AtomicBoolean stopped = new AtomicBoolean();
        FutureTask<Solution> task = new FutureTask<>(() -> solve(model, millis, stopped));
        Thread.ofPlatform().daemon().name("highs").start(task);
        try {
            while (true) {
                check.run();
                try {
                    return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // Still at work.
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while HiGHS was at work", e);
        } finally {
            stopped.set(true);
        }
    }

    private static Solution solve(LinearModel model, long millis, AtomicBoolean stopped) throws Exception {
        HighsLibrary lib = Loaded.LIBRARY;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment highs = (MemorySegment) lib.create.invokeExact();
            try {
                return new Call(lib, arena, highs, stopped).solve(model, millis);
            } finally {
                lib.destroy.invokeExact(highs);
            }
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) { // a downcall declares it, none throws it
            throw new IllegalStateException(e);
        }
    }

    /** One program on its way through the library. */
    private static final class Call {

        private final HighsLibrary lib;
        private final Arena arena;
        private final MemorySegment highs;
        private final AtomicBoolean stopped;

        Call(HighsLibrary lib, Arena arena, MemorySegment highs, AtomicBoolean stopped) {
            this.lib = lib;
            this.arena = arena;
            this.highs = highs;
            this.stopped = stopped;
        }

        Solution solve(LinearModel model, long millis) throws Throwable {
            option("output_flag", false);
            option("threads", 1);
            option("parallel", "off");
            option("time_limit", Math.max(1, millis) / 1000.0);
            if (model.hasIntegers()) {
                // Points are found by attacks, long before; and its own search for them looks up for seconds on end.
                option("mip_heuristic_effort", 0.0);
                option("mip_heuristic_run_feasibility_jump", false);
                // Else it ends within a ten-thousandth of the value, which is more than a margin may be.
                option("mip_rel_gap", 0.0);
            } else {
                option("primal_feasibility_tolerance", 1e-9);
                option("dual_feasibility_tolerance", 1e-9);
            }
            listen();
            MemorySegment integrality = model.hasIntegers() ? ints(model.integers()) : MemorySegment.NULL;
            check(
                    (int) lib.passMip.invokeExact(
                            highs,
                            model.columns(),
                            model.rows(),
                            model.entries(),
                            ROW_WISE,
                            MINIMISE,
                            0.0,
                            doubles(model.costs()),
                            doubles(model.lows()),
                            doubles(model.highs()),
                            doubles(model.rowLows()),
                            doubles(model.rowHighs()),
                            ints(model.starts()),
                            ints(model.indices()),
                            doubles(model.values()),
                            integrality),
                    "takes no such program");
            int outcome = (int) lib.run.invokeExact(highs);
            int status = (int) lib.status.invokeExact(highs);
            return outcome == ERROR ? nothing(Status.FAILED) : answer(model, status);
        }

        private Solution answer(LinearModel model, int status) throws Throwable {
            return switch (status) {
                case INFEASIBLE -> nothing(Status.INFEASIBLE);
                case OPTIMAL -> solution(model, Status.OPTIMAL);
                case TIME_LIMIT, ITERATION_LIMIT, INTERRUPTED -> solution(model, Status.STOPPED);
                default -> nothing(Status.FAILED);
            };
        }

        private static Solution nothing(Status status) {
            return new Solution(status, Double.NaN, Double.NEGATIVE_INFINITY, null, null, null);
        }

        private Solution solution(LinearModel model, Status status) throws Throwable {
            boolean linear = !model.hasIntegers();
            boolean optimal = status == Status.OPTIMAL;
            MemorySegment number = arena.allocate(JAVA_INT);
            check(
                    (int) lib.intInfo.invokeExact(highs, text("primal_solution_status"), number),
                    "tells nothing of its point");
            boolean point = optimal || number.get(JAVA_INT, 0) == FEASIBLE_POINT;
            double value = point ? info("objective_function_value") : Double.NaN;
            double bound = linear ? optimal ? value : Double.NEGATIVE_INFINITY : info("mip_dual_bound");
            if (!point) {
                return new Solution(status, value, bound, null, null, null);
            }
            MemorySegment columns = arena.allocate(JAVA_DOUBLE, model.columns());
            MemorySegment reduced = arena.allocate(JAVA_DOUBLE, model.columns());
            MemorySegment rows = arena.allocate(JAVA_DOUBLE, Math.max(1, model.rows()));
            MemorySegment duals = arena.allocate(JAVA_DOUBLE, Math.max(1, model.rows()));
            check((int) lib.solution.invokeExact(highs, columns, reduced, rows, duals), "gives no point");
            return new Solution(
                    status,
                    value,
                    bound,
                    columns.toArray(JAVA_DOUBLE),
                    linear && optimal ? reduced.toArray(JAVA_DOUBLE) : null,
                    linear && optimal ? duals.toArray(JAVA_DOUBLE) : null);
        }

        /** Called by the library, which nothing may be thrown into. */
        @SuppressWarnings("unused")
        private void event(int kind, MemorySegment message, MemorySegment says, MemorySegment told, MemorySegment own) {
            if (stopped.get() && told.address() != 0) {
                // The first field of what it may be told: whether to stop.
                told.reinterpret(Integer.BYTES).set(JAVA_INT, 0, 1);
            }
        }

        private void listen() throws Throwable {
            MethodHandle event = MethodHandles.lookup()
                    .findVirtual(
                            Call.class,
                            "event",
                            MethodType.methodType(
                                    void.class,
                                    int.class,
                                    MemorySegment.class,
                                    MemorySegment.class,
                                    MemorySegment.class,
                                    MemorySegment.class))
                    .bindTo(this);
            MemorySegment stub = lib.linker().upcallStub(event, HighsLibrary.CALLBACK, arena);
            check((int) lib.setCallback.invokeExact(highs, stub, MemorySegment.NULL), "takes no callback");
            for (int kind : INTERRUPTS) {
                check((int) lib.startCallback.invokeExact(highs, kind), "cannot be interrupted");
            }
        }

        private double info(String name) throws Throwable {
            MemorySegment value = arena.allocate(JAVA_DOUBLE);
            check((int) lib.doubleInfo.invokeExact(highs, text(name), value), "tells no " + name);
            return value.get(JAVA_DOUBLE, 0);
        }

        private void option(String name, boolean value) throws Throwable {
            check((int) lib.setBool.invokeExact(highs, text(name), value ? 1 : 0), "has no option " + name);
        }

        private void option(String name, int value) throws Throwable {
            check((int) lib.setInt.invokeExact(highs, text(name), value), "has no option " + name);
        }

        private void option(String name, double value) throws Throwable {
            check((int) lib.setDouble.invokeExact(highs, text(name), value), "has no option " + name);
        }

        private void option(String name, String value) throws Throwable {
            check((int) lib.setString.invokeExact(highs, text(name), text(value)), "has no option " + name);
        }

        private MemorySegment text(String text) {
            return arena.allocateFrom(text);
        }

        private MemorySegment doubles(double[] values) {
            return values.length == 0 ? MemorySegment.NULL : arena.allocateFrom(JAVA_DOUBLE, values);
        }

        private MemorySegment ints(int[] values) {
            return values.length == 0 ? MemorySegment.NULL : arena.allocateFrom(JAVA_INT, values);
        }

        private static void check(int status, String what) {
            if (status == ERROR) {
                throw new IllegalStateException("HiGHS " + what);
            }
        }
    }
}
