"""From a timeline to the ear: narration clips, background, mixing, mixdown and outputs."""
