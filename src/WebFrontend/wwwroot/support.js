// Tells the viewer where the page cannot start. For browsers of any age: no module, and nothing that is younger than 2012.
(function () {
  "use strict";
  var words = "This browser is too old for live comments: they need one of 2022 or later.";

  window.addEventListener("error", function (event) {
    if (event.target && event.target.tagName === "SCRIPT") words = "This page could not be loaded whole. Please load it again.";
  }, true);

  window.addEventListener("load", function () {
    if (document.documentElement.getAttribute("data-started") !== null) return;
    var connection = document.querySelector(".connection");
    var label = document.querySelector(".connection-label");
    if (!label) {
      label = document.createElement("p");
      label.className = "noscript";
      document.body.insertBefore(label, document.body.firstChild);
    }
    if (connection) connection.setAttribute("data-status", "closed");
    label.textContent = words;
  });
})();
