package dev.assay.ui.view;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;

/** Chooses the run against which a table shows how places have changed. There only while there are runs to choose. */
final class RankMenu extends MenuButton {

    private final Consumer<ResultTable.Peer> onChoice;
    private Supplier<List<ResultTable.Peer>> peers = List::of;
    private String chosen = "";

    RankMenu(Consumer<ResultTable.Peer> onChoice) {
        this.onChoice = onChoice;
        setId("rank-menu");
        setGraphic(Icons.of("fth-trending-up"));
        setAccessibleText(Texts.of("rank.menu"));
        Tips.on(this, Texts.of("rank.menu"));
        getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "quiet-button", Tweaks.NO_ARROW);
        getItems().setAll(new MenuItem());
        setOnShowing(e -> fill());
        setVisible(false);
        setManaged(false);
    }

    void setPeers(Supplier<List<ResultTable.Peer>> source) {
        peers = source;
        setVisible(true);
        setManaged(true);
        fill();
    }

    private void fill() {
        List<ResultTable.Peer> all = peers.get();
        getItems().clear();
        if (all.isEmpty()) {
            MenuItem none = new MenuItem(Texts.of("rank.no.peers"));
            none.setDisable(true);
            getItems().add(none);
            return;
        }
        ToggleGroup group = new ToggleGroup();
        RadioMenuItem off = item(group, Texts.of("rank.off"), "", null);
        getItems().addAll(off, new SeparatorMenuItem());
        for (ResultTable.Peer peer : all) {
            getItems().add(item(group, peer.name(), peer.name(), peer));
        }
    }

    private RadioMenuItem item(ToggleGroup group, String text, String name, ResultTable.Peer peer) {
        RadioMenuItem item = new RadioMenuItem(text);
        item.setMnemonicParsing(false);
        item.setToggleGroup(group);
        item.setSelected(chosen.equals(name));
        item.setOnAction(e -> {
            chosen = name;
            onChoice.accept(peer);
        });
        return item;
    }
}
