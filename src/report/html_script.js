/* html_script.js - search, severity, copying: comforts only. The page is complete without it. Put into every report as it stands.
 *
 * It makes no markup from text, asks nobody for anything, and keeps nothing.
 */
(function () {
    "use strict";
    var query = document.getElementById("q");
    var severity = document.getElementById("sev");
    var found = document.getElementById("found");
    var entries = null, groups = null, timer = 0;

    /* What can be found, with its text in small letters: read once, when it is first wanted. */
    function read() {
        entries = Array.from(document.querySelectorAll(".f"), function (element) {
            return {element: element, text: element.textContent.toLowerCase(), rank: Number(/\bs(\d)/.exec(element.className)[1])};
        });
        groups = Array.from(document.querySelectorAll(".res"));
    }

    function filter() {
        var words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
        var least = Number(severity.value), shown = 0;
        if (!entries)
            read();
        entries.forEach(function (entry) {
            var match = entry.rank >= least && words.every(function (word) { return entry.text.includes(word); });
            if (entry.element.hidden === match)
                entry.element.hidden = !match;
            shown += match ? 1 : 0;
        });
        groups.forEach(function (group) {
            group.hidden = !group.querySelector(".f:not([hidden])");
        });
        found.textContent = words.length || least ? shown + " of " + entries.length + " shown" : "";
    }

    function soon() {
        clearTimeout(timer);
        timer = setTimeout(filter, 80);
    }

    function select(node) {
        var range = document.createRange();
        range.selectNodeContents(node);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
    }

    function copy(event) {
        var button = event.currentTarget, code = button.parentNode.querySelector("code");
        function told(word) {
            button.textContent = word;
            setTimeout(function () { button.textContent = "Copy"; }, 2000);
        }
        function byHand() {
            select(code);
            told(document.execCommand("copy") ? "Copied" : "Selected");
        }
        if (navigator.clipboard)
            navigator.clipboard.writeText(code.textContent).then(function () { told("Copied"); }, byHand);
        else
            byHand();
    }

    document.querySelectorAll(".cmd pre").forEach(function (block) {
        var button = document.createElement("button");
        button.type = "button";
        button.textContent = "Copy";
        button.setAttribute("aria-label", "Copy: " + block.textContent);
        button.addEventListener("click", copy);
        block.after(button);
    });
    query.addEventListener("input", soon);
    severity.addEventListener("change", filter);
    query.addEventListener("keydown", function (event) {
        if (event.key === "Escape") {
            query.value = "";
            filter();
        }
    });
    /* Paper cannot be opened: what is folded is unfolded for it. */
    addEventListener("beforeprint", function () {
        document.querySelectorAll("details:not([open])").forEach(function (element) {
            element.open = true;
            element.dataset.printed = "";
        });
    });
    addEventListener("afterprint", function () {
        document.querySelectorAll("details[data-printed]").forEach(function (element) {
            element.open = false;
            delete element.dataset.printed;
        });
    });
    document.getElementById("search").hidden = false;
})();
