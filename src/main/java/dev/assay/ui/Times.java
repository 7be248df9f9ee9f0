package dev.assay.ui;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as people read them, in the machine's time zone. */
public final class Times {

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);

    private Times() {}

    /** Day and time. */
    public static String shown(Instant at) {
        return DAY_AND_TIME.format(at.atZone(ZoneId.systemDefault()));
    }

    /** The time alone. */
    public static String ofDay(Instant at) {
        return TIME.format(at.atZone(ZoneId.systemDefault()));
    }
}
