package script

// LimitGrowth sets how much the process may grow while one script runs.
func (e *Engine) LimitGrowth(bytes uint64) { e.growth = bytes }
