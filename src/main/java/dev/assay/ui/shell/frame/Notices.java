package dev.assay.ui.shell.frame;

import dev.assay.ui.ClipboardText;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/**
 * What the window has to tell: strips that stay until they are dismissed, under the toolbar, and short notices that go
 * away by themselves. Neither takes the focus nor blocks anything. JavaFX thread only.
 */
public final class Notices {

    private static final int MOST_STRIPS = 3;
    private static final Duration NOTICE_TIME = Duration.seconds(4);

    private final VBox strips = new VBox();
    private final Label notice = new Label();
    private final PauseTransition noticeTime = new PauseTransition(NOTICE_TIME);
    private final Map<String, Strip> keyed = new LinkedHashMap<>();
    private final Supplier<String> environment;

    /**
     * Nothing to tell yet.
     *
     * @param environment versions and the like, added to copied details
     */
    public Notices(Supplier<String> environment) {
        this.environment = environment;
        strips.setId("problem-strips");
        notice.setId("notice");
        notice.getStyleClass().add("notice");
        notice.setAccessibleRole(AccessibleRole.TEXT);
        notice.setWrapText(true);
        notice.setMaxSize(480, Region.USE_PREF_SIZE);
        notice.setMouseTransparent(true);
        notice.setVisible(false);
        StackPane.setAlignment(notice, Pos.BOTTOM_CENTER);
        noticeTime.setOnFinished(e -> notice.setVisible(false));
    }

    /** Where strips appear. */
    public Region strips() {
        return strips;
    }

    /** Where notices appear; to be put into a StackPane above everything else. */
    public Region notice() {
        return notice;
    }

    /** Shows a short notice. */
    public void show(String text) {
        notice.setText(text);
        notice.setVisible(true);
        noticeTime.playFromStart();
    }

    /** A strip that tells of a problem; actions may be added to it. */
    public Strip problem(String sentence, Throwable problem) {
        return problem(sentence, stackTrace(problem));
    }

    /** As above, in place of the strip of that key. */
    public Strip problem(String key, String sentence, Throwable problem) {
        return problem(key, sentence, stackTrace(problem));
    }

    /** As above, with the details as text. */
    public Strip problem(String sentence, String details) {
        return problem(sentence, sentence, details);
    }

    private Strip problem(String key, String sentence, String details) {
        Strip strip = add(key, Strip.Kind.ERROR, sentence);
        strip.action(Texts.of("copy.details"), () -> copy(sentence + "\n\n" + details + "\n" + environment.get()));
        return strip;
    }

    /**
     * A strip that stays until it is dismissed.
     *
     * @param key a strip with this key is replaced, so that a repeated problem does not pile up
     */
    public Strip add(String key, Strip.Kind kind, String text) {
        remove(key);
        Strip strip = new Strip(kind, text);
        keyed.put(key, strip);
        strips.getChildren().addFirst(strip);
        while (keyed.size() > MOST_STRIPS) {
            remove(keyed.keySet().iterator().next());
        }
        strip.closable(() -> remove(key));
        return strip;
    }

    /** Takes a strip away. */
    public void remove(String key) {
        Strip strip = keyed.remove(key);
        if (strip != null) {
            strips.getChildren().remove(strip);
        }
    }

    /** Takes all strips away. */
    public void clear() {
        keyed.clear();
        strips.getChildren().clear();
    }

    private void copy(String text) {
        ClipboardText.put(text);
        show(Texts.of("crash.copied"));
    }

    /** A problem's stack trace as text. */
    public static String stackTrace(Throwable problem) {
        StringWriter text = new StringWriter();
        problem.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
