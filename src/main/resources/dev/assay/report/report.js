(function () {
  "use strict";
  function value(row, column) {
    var cell = row.cells[column];
    return cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent;
  }
  document.querySelectorAll("main table").forEach(function (table) {
    var heads = table.tHead ? table.tHead.rows[0].cells : [];
    Array.prototype.forEach.call(heads, function (head, column) {
      var button = head.querySelector("button");
      if (!button) return;
      button.addEventListener("click", function () {
        var up = head.getAttribute("aria-sort") !== "ascending";
        var numeric = head.classList.contains("n");
        var rows = Array.prototype.slice.call(table.tBodies[0].rows);
        rows.sort(function (a, b) {
          var x = value(a, column), y = value(b, column);
          if (numeric) {
            x = parseFloat(x); y = parseFloat(y);
            if (isNaN(x) || isNaN(y)) return isNaN(x) ? (isNaN(y) ? 0 : 1) : -1;
            return up ? x - y : y - x;
          }
          return (up ? 1 : -1) * x.localeCompare(y, undefined, { numeric: true });
        });
        Array.prototype.forEach.call(heads, function (h) { h.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
      });
    });
  });
  document.getElementById("theme").addEventListener("click", function () {
    var root = document.documentElement;
    var dark = root.dataset.theme ? root.dataset.theme === "dark"
      : window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
})();
