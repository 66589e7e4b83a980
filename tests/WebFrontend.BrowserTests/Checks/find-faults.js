// What an accessibility checker would find: names, labels, roles, contrast (WCAG 2.2: 1.3.1, 1.4.3, 2.5.8, 4.1.2).
() => {
  const faults = [];
  const visible = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;
  const describe = element => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.trim().slice(0, 30)}`;

  const nameOf = element =>
    element.ariaLabel
    || (element.getAttribute("aria-labelledby") ?? "").split(" ").map(id => document.getElementById(id)?.textContent ?? "").join(" ").trim()
    || [...(element.labels ?? [])].map(label => label.textContent).join(" ").trim()
    || (element.matches("button, a") ? element.textContent.trim() : "");

  for (const element of document.querySelectorAll("button, a, input, textarea, [tabindex], [role=img], [role=log], canvas, main, table, form")) {
    if (!visible(element) || element.matches("main, form") && document.querySelectorAll(element.localName).length === 1) continue;
    if (!nameOf(element)) faults.push(`no name: ${describe(element)}`);
    const { width, height } = element.getBoundingClientRect();
    const inText = element.matches("a, .link");
    if (element.matches("button, input, textarea") && !inText && (width < 24 || height < 24)) faults.push(`too small to hit: ${describe(element)}`);
  }

  if (!document.documentElement.lang) faults.push("no language");
  if (!document.title) faults.push("no title");
  for (const reference of document.querySelectorAll("[aria-describedby], [aria-labelledby]")) {
    const ids = `${reference.getAttribute("aria-describedby") ?? ""} ${reference.getAttribute("aria-labelledby") ?? ""}`.trim().split(/\s+/);
    ids.filter(id => !document.getElementById(id)).forEach(id => faults.push(`nothing has the id ${id}`));
  }
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  ids.filter((id, index) => ids.indexOf(id) !== index).forEach(id => faults.push(`the id ${id} is there twice`));
  const levels = [...document.querySelectorAll("h1, h2, h3")].filter(visible).map(({ localName }) => Number(localName[1]));
  levels.forEach((level, index) => level > (levels[index - 1] ?? 2) + 1 && faults.push(`a heading of level ${level} skips one`));

  // Colours are read back from a canvas, which knows every notation.
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const paint = colors => {
    canvas.clearRect(0, 0, 1, 1);
    for (const color of colors) {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = rgb => {
    const [r, g, b] = rgb.map(value => value / 255).map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundsOf = element => {
    const colors = [];
    for (let at = element; at; at = at.parentElement) colors.unshift(getComputedStyle(at).backgroundColor);
    return ["white", ...colors];
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    // What lies over the picture has a shade of its own behind it, which is no background colour.
    if (!texts.currentNode.textContent.trim() || !visible(element) || element.closest("noscript, script, style, .visually-hidden, .stage")) continue;
    const style = getComputedStyle(element);
    const behind = backgroundsOf(element);
    const [text, back] = [luminance(paint([...behind, style.color])), luminance(paint(behind))];
    const contrast = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (large ? 3 : 4.5)) faults.push(`contrast ${contrast.toFixed(2)}: ${describe(element)}`);
  }
  return faults;
}
