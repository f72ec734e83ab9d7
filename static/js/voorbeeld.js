// In the frames of the admin only a preview is shown: other pages open beside it.
if (window.top !== window.self) {
  for (const link of document.querySelectorAll("a[href]")) {
    if (!link.getAttribute("href").startsWith("#")) {
      link.target = "_blank";
      link.rel = "noopener";
    }
  }
}
