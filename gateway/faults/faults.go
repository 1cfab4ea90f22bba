// Package faults ends the program at a chosen moment, to prove that it may die
// at any. Only a program built with the tag "faults" does so; in every other
// one [At] is empty, and the compiler leaves nothing of it.
//
//	point.go  the moments
//	none.go   the program that people use
//	die.go    the program that dies
//
// What dies is told by its surroundings:
//
//	ROLLCALL_DIE_AT=N       at the Nth moment of this process, by SIGKILL
//	ROLLCALL_DIE_COUNT=FILE write each moment that is reached into FILE, a line
//	                        each: as many as there are lines were counted
//
// A moment is counted when a goroutine reaches it, so that the order of those
// that are near each other differs from run to run.
package faults
